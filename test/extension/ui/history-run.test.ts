import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashOfRun, historySeed, keptRun, lineOf } from './history-fixtures.ts';
import { asked, openPopups, textOf } from './use-popup.ts';
import { focused, hashIn, lastAsked, rowsIn, scrollTo, usingRuns } from './use-runs.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());
const use = usingRuns(() => popups);

describe('a run of the list', { timeout: 60_000 }, () => {
  test('is shown whole and read-only, its rows open, and nothing in it starts a run', async () => {
    await use(
      historySeed(12),
      async (page) => {
        await page.waitForSelector('.record');
        expect(await lastAsked(page, 'read_run')).toEqual({ type: 'read_run', runId: keptRun(1).id });
        expect(await page.$('.verdict.note[data-verdict="no_match"]')).not.toBeNull();
        expect(await page.$$eval('[data-lamp]', (all) => all.length)).toBe(4);
        await page.click('#leg-token .line');
        await page.waitForSelector('#leg-token .detail');
        for (const gone of ['#run-again', '#open-doctor', '#dismiss', '#cancel'])
          expect(await page.$(gone)).toBeNull();
        expect(await textOf(page, '.run-facts')).toContain('tethered');
        expect(await textOf(page, '.run-head .origin')).toBe('SIMULATED');
        // Another run begins with all its rows closed.
        await page.click(`[data-run="${keptRun(0).id}"]`);
        await page.waitForSelector(`[data-kept="${keptRun(0).id}"]`);
        expect(await page.$('.detail')).toBeNull();
      },
      { hash: hashOfRun(1) },
    );
  });

  test('the back button leads back from run to run, and to the list', async () => {
    await use(historySeed(12), async (page) => {
      for (const at of [4, 5]) {
        await page.click(`[data-run="${keptRun(at).id}"]`);
        await page.waitForSelector(`[data-kept="${keptRun(at).id}"]`);
      }
      await page.goBack();
      await page.waitForSelector(`[data-kept="${keptRun(4).id}"]`);
      await page.goBack();
      await page.waitForFunction(() => !document.querySelector('.run-side'));
      expect(await page.$$('[aria-current="true"]')).toEqual([]);
    });
  });

  test('keeps the filter, and the place in the list where there is no room for both', async () => {
    const setting = { width: 360, touch: true, hash: '#/runs?origin=live' };
    await use(
      historySeed(200),
      async (page) => {
        await scrollTo(page, 3000);
        const opened = await page.$eval('.scroller', (box) => {
          const { left, top, height } = box.getBoundingClientRect();
          const row = document.elementFromPoint(left + 100, top + height / 2)?.closest<HTMLElement>('a');
          row?.click();
          return row?.dataset.run;
        });
        await page.waitForFunction((id) => location.hash === `#/runs/${id}?origin=live`, {}, opened);
        expect(await page.$eval('.list-side', (list) => getComputedStyle(list).display)).toBe('none');
        await page.click('#close-run');
        await page.waitForFunction(() => (document.querySelector('.scroller')?.scrollTop ?? 0) === 3000);
        expect(await hashIn(page)).toBe('#/runs?origin=live');
      },
      setting,
    );
  });

  test('is pinned and let go in one click, and its line says so at once', async () => {
    await use(
      historySeed(12),
      async (page) => {
        await page.waitForSelector('#pin-run[aria-pressed="false"]');
        await page.click('#pin-run');
        await page.waitForSelector('#pin-run[aria-pressed="true"]');
        expect(await lastAsked(page, 'pin_run')).toEqual({
          type: 'pin_run',
          runId: keptRun(0).id,
          pinned: true,
        });
        await page.waitForSelector(`[data-run="${keptRun(0).id}"] .pin`);
      },
      { hash: hashOfRun(0) },
    );
  });

  test('is deleted only after a question, and is gone from the list then', async () => {
    await use(
      historySeed(12),
      async (page) => {
        await page.waitForSelector('.record');
        await page.click('#delete-run');
        await page.waitForSelector('#delete-dialog[open]');
        expect(await textOf(page, '#delete-dialog')).toContain('It is pinned.');
        expect(await focused(page)).toBe('keep-run');
        await page.click('#keep-run');
        expect(await lastAsked(page, 'delete_run')).toBeUndefined();
        await page.click('#delete-run');
        await page.click('#delete-now');
        await page.waitForFunction(() => !document.querySelector('.run-side'));
        expect(await lastAsked(page, 'delete_run')).toEqual({ type: 'delete_run', runId: keptRun(3).id });
        expect(await rowsIn(page)).not.toContain(keptRun(3).id);
        expect(await textOf(page, '#count')).toBe('11 runs');
      },
      { hash: hashOfRun(3) },
    );
  });

  test('a run that the backend has no more, or will not delete, says why', async () => {
    const no = (code: string) => ({ ok: false, problem: { code, detail: null } });
    await use(
      historySeed(12, { replies: { read_run: no('run_not_kept') } }),
      async (page) => {
        await page.waitForSelector('.run-side [data-problem="run_not_kept"]');
        expect(await page.$('#delete-run')).toBeNull();
      },
      { hash: hashOfRun(0) },
    );
    await use(
      historySeed(12, { replies: { delete_run: no('run_in_flight') } }),
      async (page) => {
        await page.waitForSelector('.record');
        await page.click('#delete-run');
        await page.click('#delete-now');
        await page.waitForSelector('#delete-dialog [data-problem="run_in_flight"]');
        expect(await rowsIn(page)).toContain(keptRun(0).id);
      },
      { hash: hashOfRun(0) },
    );
  });

  test('a run under way is looked at again until it has ended', async () => {
    const run = { ...keptRun(0), phase: 'redeeming', verdict: null, endedAt: null };
    const seed = historySeed(12, {
      replies: { read_run: { ok: true, value: { run, line: lineOf(0) } } },
    });
    await use(
      seed,
      async (page) => {
        await page.waitForSelector('.record .progress');
        await page.waitForFunction(
          () => globalThis.asked.filter(([, one]) => one?.type === 'read_run').length > 1,
        );
      },
      { hash: hashOfRun(0) },
    );
  });
});

describe('forgetting a number', { timeout: 60_000 }, () => {
  const open = async (page: Page) => {
    await page.waitForSelector('#forget-number');
    await page.click('#forget-number');
    await page.waitForSelector('#forget-dialog[open] #number');
  };

  test('wants the number itself: nothing, half of one and another run’s are refused', async () => {
    await use(
      historySeed(12),
      async (page) => {
        await open(page);
        for (const [text, error] of [
          ['', 'empty'],
          ['12', 'impossible'],
          ['7700 900912', 'other_run'],
        ] as const) {
          await page.click('#number', { count: 3 });
          await page.keyboard.press('Backspace');
          if (text) await page.type('#number', text);
          await page.keyboard.press('Enter');
          await page.waitForSelector(`[data-number-error="${error}"]`);
        }
        expect(await lastAsked(page, 'forget_number')).toBeUndefined();
      },
      { hash: hashOfRun(0) },
    );
  });

  test('hands the number to the background, says how many runs had it, and reads the run again', async () => {
    await use(
      historySeed(12),
      async (page) => {
        await open(page);
        await page.type('#number', '7700 900907');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[data-forgotten="2"]');
        expect(await lastAsked(page, 'forget_number')).toEqual({
          type: 'forget_number',
          number: '+447700900907',
        });
        const reads = async () =>
          (await asked(page, 'message')).filter((one) => (one as { type: string }).type === 'read_run')
            .length;
        const before = await reads();
        await page.click('#forget-done');
        await page.waitForFunction(() => !document.querySelector('#forget-dialog'));
        expect(await reads()).toBe(before + 1);
        // The number itself is nowhere on the page.
        expect(await page.content()).not.toMatch(/7700 ?900907/);
      },
      { hash: hashOfRun(0) },
    );
  });
});
