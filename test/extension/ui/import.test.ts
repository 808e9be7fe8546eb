import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { exportBundle } from '#protocol/exports/bundle.ts';

import { careless, contextOf, recordings } from '../../fixtures/runs/export-fixtures.ts';
import { bundleWith } from '../../protocol/imports/reading.ts';
import { historySeed } from './history-fixtures.ts';
import { misfits, violations } from './look-at.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

const HOSTILE_NAME = '<img src=x onerror=alert(1)>.json';
let folder: string;
let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
  folder = await mkdtemp(join(tmpdir(), 'nvi-import-'));
});
afterAll(async () => {
  await popups?.close();
  await rm(folder, { recursive: true, force: true });
});

const runs = recordings();
const answering = (result: object) => historySeed(3, { replies: { import_run: result } });
const ok = (result: string) => ({ ok: true, value: { result } });
const open = (seed: ReturnType<typeof historySeed>, act: (page: Page) => Promise<void>, width = 900) =>
  popups.use(seed, act, { path: 'inspector.html', hash: '#/import', width, height: 800 });

async function choose(page: Page, name: string, text: string): Promise<void> {
  const path = join(folder, name.replaceAll('/', '_'));
  await writeFile(path, text);
  const field = (await page.waitForSelector('#file')) as ElementHandle<HTMLInputElement>;
  await field.uploadFile(path);
  await page.waitForSelector('.import-step:not([data-step="reading"])');
}
const importsAsked = async (page: Page) =>
  (await asked(page, 'message')).filter((one) => (one as { type: string }).type === 'import_run');

describe('importing a file', { timeout: 120_000 }, () => {
  test('it is read and shown first: what is kept, what is left out and where, and that it had secrets (E8, E9, E10)', async () => {
    const text = bundleWith([...runs, { ...runs[0], startedAt: -1 }, careless(), null]);
    await open(
      answering(ok('imported')),
      async (page) => {
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        await choose(page, HOSTILE_NAME, text);
        await page.waitForSelector('[data-step="found"]');
        expect(await textOf(page, '.file-line')).toBe(`${HOSTILE_NAME} has 4 runs`);
        expect(await page.$('.import-page img')).toBeNull();
        expect(await textOf(page, '[data-entry="3"]')).toContain('Entry 4');
        expect(await textOf(page, '[data-entry="3"]')).toContain('at startedAt');
        expect(await page.$$eval('[data-entry]', (all) => all.length)).toBe(2);
        expect(await page.$('#contains-secret')).not.toBeNull();
        expect(await importsAsked(page)).toEqual([]);
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        await page.focus('#import-now');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[data-step="done"]');
        // Each as it was recorded, one after the other, and masked.
        const sent = JSON.stringify(await importsAsked(page));
        expect(sent.match(/"type":"import_run"/g)).toHaveLength(4);
        expect(sent).not.toContain('"origin":"imported"');
        expect(sent).not.toMatch(/canary-/);
        expect(await textOf(page, '.outcome-list')).toBe('4 runs imported');
        expect(await page.$eval('#show-imported', (link) => link.getAttribute('href'))).toBe(
          '#/runs?origin=imported',
        );
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      320,
    );
  });

  test('what is here already is said and made nowhere twice (E11)', async () => {
    await open(answering(ok('already_here')), async (page) => {
      await choose(page, 'again.json', exportBundle(runs, contextOf(runs)));
      await page.click('#import-now');
      await page.waitForSelector('[data-step="done"]');
      expect(await textOf(page, '.outcome-list')).toContain('Nothing new');
      expect(await textOf(page, '.outcome-list')).toContain('3 were here already');
    });
  });

  test('runs that the backend refuses are counted, and stop none of the others (E10)', async () => {
    await open(answering(ok('refused')), async (page) => {
      await choose(page, 'odd.json', exportBundle(runs, contextOf(runs)));
      await page.click('#import-now');
      await page.waitForSelector('[data-step="done"]');
      expect(await textOf(page, '.outcome-list')).toContain('3 were refused by the backend');
      expect(await importsAsked(page)).toHaveLength(3);
      expect(await page.$('#show-imported')).toBeNull();
    });
  });

  test('a backend that goes away stops it where it was, and it can be gone on with', async () => {
    await open(
      answering({ ok: false, problem: { code: 'backend_unreachable', detail: null } }),
      async (page) => {
        await choose(page, 'some.json', exportBundle(runs, contextOf(runs)));
        await page.click('#import-now');
        await page.waitForSelector('[data-step="stopped"] [data-problem="backend_unreachable"]');
        expect(await textOf(page, '[data-step="stopped"] h2')).toContain('0 of 3 runs');
        await page.click('#go-on');
        await page.waitForFunction(
          () => globalThis.asked.filter(([, one]) => one?.type === 'import_run').length === 2,
        );
      },
    );
  });
});

describe('a backend that asks to wait', { timeout: 120_000 }, () => {
  /** The second run is refused so often, each time for so long. */
  const refusing = (page: Page, times: number, forMs: number) =>
    page.evaluate(
      (times, forMs) => {
        const { runtime } = (globalThis as never as { browser: { runtime: Record<string, unknown> } })
          .browser;
        const answer = runtime.sendMessage as (message: { type: string }) => Promise<unknown>;
        let asked = 0;
        runtime.sendMessage = async (message: { type: string }) => {
          const reply = await answer(message);
          if (message.type === 'import_run') asked += 1;
          const isRefused = message.type === 'import_run' && asked > 1 && asked <= 1 + times;
          const until = Math.ceil(Date.now() / 1000) * 1000 + forMs;
          return isRefused ? { ok: false, problem: { code: 'rate_limited', detail: null, until } } : reply;
        };
      },
      times,
      forMs,
    );
  const waits = (page: Page) =>
    page.waitForFunction(() =>
      /^The backend asks to wait: going on at \d\d:\d\d:\d\d\.$/.test(
        document.querySelector('.waiting-line')?.textContent ?? '',
      ),
    );

  test('is waited for, and the import goes on by itself where it was (B15, E11)', async () => {
    await open(answering(ok('imported')), async (page) => {
      await choose(page, 'many.json', exportBundle(runs, contextOf(runs)));
      await refusing(page, 2, 1000);
      await page.click('#import-now');
      await waits(page);
      await page.waitForSelector('[data-step="done"]');
      expect(await textOf(page, '.outcome-list')).toBe('3 runs imported');
      const sent = (await importsAsked(page)) as { run: { id: string } }[];
      expect(sent.map(({ run }) => run.id)).toEqual([0, 1, 1, 1, 2].map((at) => runs[at]?.id));
    });
  });

  test('says so where nothing moves for it; stopped, the import stays where it was and can be gone on with', async () => {
    await open(
      answering(ok('imported')),
      async (page) => {
        await choose(page, 'many.json', exportBundle(runs, contextOf(runs)));
        await refusing(page, 1, 100_000);
        await page.click('#import-now');
        await waits(page);
        expect(await textOf(page, '.file-line')).toBe('1 of 3 runs looked at');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        const heights = await page.$eval('.waiting-line', (line) => {
          const empty = line.cloneNode() as HTMLElement;
          line.after(empty);
          const both = [line.clientHeight, empty.clientHeight];
          empty.remove();
          return both;
        });
        expect(heights[0]).toBe(heights[1]);
        await page.click('#stop-import');
        await page.waitForSelector('[data-step="stopped"]');
        expect(await textOf(page, '[data-step="stopped"] h2')).toContain('1 of 3 runs');
        expect(await page.$('[data-problem]')).toBeNull();
        await page.click('#go-on');
        await page.waitForSelector('[data-step="done"]');
        expect(await textOf(page, '.outcome-list')).toBe('3 runs imported');
      },
      320,
    );
  });
});

describe('a file that is refused', { timeout: 120_000 }, () => {
  test.each([
    ['no JSON (E2)', 'Dear team', 'import.not_json'],
    ['another format (E3)', '{"runs":[]}', 'import.wrong_format'],
    ['of a newer version (E5)', bundleWith([], { version: 2 }), 'import.unsupported_version'],
  ])('says why: %s', async (_what, text, code) => {
    await open(answering(ok('imported')), async (page) => {
      await choose(page, 'file.json', text);
      await page.waitForSelector(`[data-import="${code}"]`);
      expect(await page.$('#import-now')).toBeNull();
      expect(await page.$('#choose-file')).not.toBeNull();
    });
  });

  test('for its size is never read: no reader is started (E1)', async () => {
    await open(answering(ok('imported')), async (page) => {
      await page.waitForSelector('.drop-zone');
      await page.evaluate(() => {
        const started: string[] = [];
        Object.assign(globalThis, {
          started,
          Worker: class {
            constructor(url: string) {
              started.push(url);
            }
          },
        });
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new ArrayBuffer(100_000_001)], 'huge.har'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      });
      await page.waitForSelector('[data-import="import.too_large"]');
      expect(await textOf(page, '[data-import]')).toContain('100 MB');
      expect(await page.evaluate('started')).toEqual([]);
    });
  });

  test('one of several that were dropped together: none is read', async () => {
    await open(answering(ok('imported')), async (page) => {
      await page.waitForSelector('.drop-zone');
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        for (const name of ['a.json', 'b.json']) dataTransfer.items.add(new File(['{}'], name));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      });
      await page.waitForSelector('[data-problem="one_only"]');
    });
  });
});
