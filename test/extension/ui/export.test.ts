import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readImport } from '#protocol/imports/read-import.ts';

import { FORMATS } from '../../fixtures/runs/every-format.ts';
import { runSaying } from '../../fixtures/runs/export-fixtures.ts';
import { hashOfRun, historySeed, keptRun } from './history-fixtures.ts';
import { misfits, violations } from './look-at.ts';
import { catchFiles, playSharing, savedFiles } from './saved-files.ts';
import { openPopups, textOf } from './use-popup.ts';
import { focused, lastAsked, usingRuns } from './use-runs.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());
const use = usingRuns(() => popups);

describe('exporting the runs of a filter', { timeout: 120_000 }, () => {
  test('every format is one whole file of as many runs as the screen says', async () => {
    await use(
      historySeed(12),
      async (page) => {
        await catchFiles(page);
        await page.click('#export-runs');
        await page.waitForFunction(() =>
          /\d/.test(document.querySelector('#export-dialog h2')?.textContent ?? ''),
        );
        const count = Number(/\d+/.exec(await textOf(page, '#count'))?.[0]);
        expect(await textOf(page, '#export-dialog h2')).toBe(`Export ${count} runs`);
        expect(await textOf(page, '#export-dialog .of')).toBe('Origin: live');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        for (const format of FORMATS) {
          await page.click(`[data-format="${format}"]`);
          await page.waitForSelector(`[data-step="saved"] , [data-refused]`);
          await page.waitForSelector(`[data-format="${format}"][data-chosen="true"]`);
          expect(await textOf(page, '.export-status')).toContain(`${count} runs saved:`);
        }
        const files = await savedFiles(page);
        expect(files).toHaveLength(FORMATS.length);
        for (const { name } of files)
          expect(name).toMatch(/^number-verify_\d{8}T\d{6}Z_\d+-runs\.(har|json|csv|sh|html|xml|md)$/);
        const textBy = (ending: string) => files.find(({ name }) => name.endsWith(ending))?.text ?? '';
        const back = readImport(textBy('.json'));
        expect(back.ok && back.runs.length).toBe(count);
        expect(back.ok && back.file).toMatchObject({ filter: 'Origin: live', toolVersion: '0.1.0' });
        expect(textBy('.csv').trim().split('\r\n')).toHaveLength(count + 1);
        expect(textBy('.xml').match(/<testcase/g)).toHaveLength(count);
        expect(textBy('.html').match(/<article/g)).toHaveLength(count);
        // The words of the screen, and none that was forgotten.
        expect(textBy('.html')).toContain('as expected');
        for (const { text } of files) expect(text).not.toMatch(/undefined|__MSG/);
      },
      { hash: '#/runs?origin=live' },
    );
  });

  test('a run that was deleted since its line was read is said, and is not in the file', async () => {
    await use(historySeed(14), async (page) => {
      await catchFiles(page);
      await page.click('#export-runs');
      await page.click('[data-format="csv"]');
      await page.waitForSelector('[data-step="saved"]');
      expect(await textOf(page, '#export-gone')).toContain('2 runs were deleted');
      expect((await savedFiles(page))[0]?.text.trim().split('\r\n')).toHaveLength(13);
    });
  });

  test('the file that was saved can be handed to another app: as a file, else as its text, else not at all', async () => {
    await use(historySeed(3), async (page) => {
      await catchFiles(page);
      const shared = await playSharing(page);
      const save = async (format: string, ending: string) => {
        await page.click(`[data-format="${format}"]`);
        await page.waitForFunction(
          (ending) => document.querySelector('.file-name')?.textContent?.endsWith(ending),
          {},
          ending,
        );
      };
      await page.click('#export-runs');
      await save('csv', '.csv');
      expect(await page.$('#share-file')).toBeNull();

      await shared.can('files');
      await save('bundle', '.json');
      await page.click('#share-file');
      const [, bundle] = await savedFiles(page);
      expect(await shared.next()).toEqual({ files: [{ ...bundle, type: 'application/json' }] });

      await shared.can('text');
      await save('markdown', '.md');
      await page.click('#share-file');
      const [, , ticket] = await savedFiles(page);
      expect(await shared.next()).toEqual({ title: ticket?.name, text: ticket?.text });
      // The list of apps was closed again, which is what this one answers: nothing went wrong, and the file is still there.
      expect(await textOf(page, '.export-status')).toContain(ticket?.name);
      expect(await savedFiles(page)).toHaveLength(3);
    });
  });

  test('stopped in the middle nothing is saved, and the choice is there again', async () => {
    await use({ ...historySeed(12), unanswered: ['read_runs'] }, async (page) => {
      await catchFiles(page);
      await page.click('#export-runs');
      await page.click('[data-format="har"]');
      await page.waitForSelector('[data-step="reading"] progress[max="12"]');
      await page.click('#cancel-export');
      await page.waitForSelector('[data-step="idle"]');
      expect(await savedFiles(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('#export-dialog'));
      expect(await focused(page)).toBe('export-runs');
    });
  });

  test('a backend that asks to wait is waited for in plain sight, and left alone once it is stopped (B15)', async () => {
    const until = Date.now() + 100_000;
    const busy = { read_runs: { ok: false, problem: { code: 'rate_limited', detail: null, until } } };
    await use(
      historySeed(12, { replies: busy }),
      async (page) => {
        await catchFiles(page);
        await page.click('#export-runs');
        await page.click('[data-format="har"]');
        await page.waitForFunction(() => document.querySelector('.waiting-line')?.textContent);
        expect(await textOf(page, '.waiting-line')).toMatch(/going on at \d\d:\d\d:\d\d\.$/);
        expect(await textOf(page, '.export-status')).toContain('0 of 12 runs read');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        await page.click('#cancel-export');
        await page.waitForSelector('[data-step="idle"]');
        expect(await savedFiles(page)).toEqual([]);
      },
      { width: 320 },
    );
  });

  test('more than a file takes is refused with the way on; a backend that is away is said', async () => {
    const tooMany = { count_runs: { ok: true, value: { runs: 2431, more: false } } };
    await use(historySeed(3, { replies: tooMany }), async (page) => {
      await page.click('#export-runs');
      await page.waitForSelector('#export-refused');
      expect(await textOf(page, '#export-refused')).toContain('2,000 runs at most. Narrow the filter');
      expect(await page.$('.format')).toBeNull();
    });
    const away = { read_runs: { ok: false, problem: { code: 'backend_unreachable', detail: null } } };
    await use(historySeed(3, { replies: away }), async (page) => {
      await catchFiles(page);
      await page.click('#export-runs');
      await page.click('[data-format="bundle"]');
      await page.waitForSelector('.export-status [data-problem="backend_unreachable"]');
      expect(await savedFiles(page)).toEqual([]);
    });
  });
});

describe('exporting one run', { timeout: 120_000 }, () => {
  test('under way it is marked partial, read anew for the file, and its hostile words stay text (E8, E15, E16)', async () => {
    const hostile = {
      ...runSaying('"><img src=x onerror=alert(1)>../CON:'),
      id: keptRun(0).id,
      phase: 'redeeming' as const,
      verdict: null,
      endedAt: null,
    };
    const seed = historySeed(3);
    Object.assign(seed.history?.runs ?? {}, { [hostile.id]: hostile });
    await use(
      seed,
      async (page) => {
        await page.waitForSelector('#export-run');
        await catchFiles(page);
        await page.focus('#export-run');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[data-format="html"]');
        // The dialog takes the focus itself as it opens, which on a slow machine is after this.
        await page.waitForFunction(() => document.activeElement?.closest('dialog'));
        await page.focus('[data-format="html"]');
        await page.waitForFunction(() => document.activeElement?.matches('[data-format="html"]'));
        await page.keyboard.press('Enter');
        await page.waitForSelector('[data-step="saved"]');
        expect(await lastAsked(page, 'read_runs')).toEqual({ type: 'read_runs', runIds: [hostile.id] });
        const [file] = await savedFiles(page);
        expect(file?.name).toMatch(/^number-verify_\d{8}T\d{6}Z_[a-z0-9-]+_partial_[0-9a-f]{8}\.html$/);
        expect(file?.text).toContain('PARTIAL');
        expect(file?.text).not.toContain('<img');
        expect(await page.$('#export-dialog img')).toBeNull();
      },
      { hash: hashOfRun(0) },
    );
  });
});
