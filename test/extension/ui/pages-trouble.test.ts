/** The popup with nobody behind it, and with a backend that cannot or will not take a run just now. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Problem, ProblemCode } from '../../../extension/runner/messages.ts';
import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { misfits, violations } from './look-at.ts';
import { moments } from './moments.ts';
import { emptySeed, formSeed, runSeed } from './page-seeds.ts';
import { openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

/** What no trouble of the backend may be put down to. */
const BLAMED = /operator (?:is|was|did|has|failed|refused|answered)/i;
const refused = (problem: Problem) => ({ ok: false, problem });

const { run } = moments.redeeming as SavedRun;
const held = (notSaved: Problem): SavedRun => ({
  stage: 'handing_over',
  run: { ...run, phase: 'code_received', verdict: null },
  liveHop: null,
  waitingFor: null,
  notSaved,
  codeSeenAt: Date.now(),
  keptHere: true,
});

describe('a background', { timeout: 120_000 }, () => {
  test('that does not start is said, with what is safe and what helps (X8)', async () => {
    for (const seed of [formSeed, runSeed(moments.walking as SavedRun)]) {
      await popups.use({ ...seed, unanswered: ['hello', 'profiles'] }, async (page) => {
        await page.waitForSelector('[data-background-gone]');
        expect(await textOf(page, '[data-background-gone]')).toMatch(/does not start.+Reload the extension/s);
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      });
    }
  });

  test('that has only just been installed, and stored nothing, leaves the first step to be taken (X12)', async () => {
    await popups.use({ ...emptySeed, unanswered: ['hello', 'profiles'] }, async (page) => {
      await page.waitForSelector('#pairing-line');
      expect(await page.$eval('#pairing-line', (field) => field === document.activeElement)).toBe(true);
    });
  });
});

describe('a backend', { timeout: 120_000 }, () => {
  const soon = Date.now() + 45_000;
  const later = Date.now() + 8 * 3_600_000;
  test.each<[string, ProblemCode, number, RegExp]>([
    ['whose database is away', 'backend_storage_away', Date.now() + 1000, /Again at any time/],
    ['that takes no more runs this minute', 'rate_limited', soon, /Again in \d+ s\./],
    ['whose calls of this day are spent', 'budget_spent', later, /Again from .*\d\d:\d\d/],
  ])(
    '%s says what happened, when to try again and who can change it, and blames no operator',
    async (_, code, until, again) => {
      const problem = { code, detail: null, until };
      const replies = { ...formSeed.replies, start: refused(problem) };
      await popups.use({ ...formSeed, replies }, async (page) => {
        await page.waitForSelector('#run:not([disabled])');
        const number = await page.$eval('#number', (field) => (field as HTMLInputElement).value);
        await page.click('#run');
        await page.waitForSelector(`[data-problem="${code}"] dl`);
        const told = await textOf(page, `[data-problem="${code}"]`);
        expect(told).toMatch(again);
        expect(told).toContain('Whoever runs the backend');
        expect(told).toContain('Number and settings stay');
        expect(told).not.toMatch(BLAMED);
        expect(await page.$eval('#number', (field) => (field as HTMLInputElement).value)).toBe(number);
        expect(await page.$('#run:not([disabled])')).not.toBeNull();
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      });
      await popups.use(runSeed(held(problem)), async (page) => {
        await page.waitForSelector(`.banner [data-problem="${code}"] dl`);
        expect(await textOf(page, '.banner')).not.toMatch(BLAMED);
        // Of the operator's two legs nothing is known, and nothing is called failed.
        expect(await page.$('[data-verdict], [data-lamp][data-state="failed"]')).toBeNull();
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      });
    },
  );
});
