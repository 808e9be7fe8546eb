import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { popupSeeds } from './page-seeds.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const ok = { ok: true, value: null };

/** The background writes the run anew. */
const setRun = (page: Page, saved: unknown) =>
  page.evaluate((savedRun) => globalThis.browser.storage.session.set({ savedRun }), saved as object);

describe('a run', { timeout: 60_000 }, () => {
  test('grows row by row and turns into its verdict; the port is held until then', async () => {
    await popups.use(popupSeeds.walking, async (page) => {
      expect(await page.$$eval('[data-hop]', (rows) => rows.length)).toBe(2);
      expect(await textOf(page, '[aria-live="polite"]')).toMatch(/^2 hops so far/);
      expect([await asked(page, 'connect'), await asked(page, 'disconnect')]).toEqual([['watch-run'], []]);
      await setRun(page, popupSeeds.match?.session?.savedRun);
      await page.waitForSelector('[data-verdict="match"]');
      expect(await page.$$eval('[data-hop]', (rows) => rows.length)).toBe(5);
      expect(
        await page.$$eval('[data-leg]', (rows) => rows.map((row) => (row as HTMLElement).dataset.leg)),
      ).toEqual(['token', 'premiuminfo']);
      expect(await asked(page, 'disconnect')).toEqual(['watch-run']);
      expect(await textOf(page, '[data-end="callback"]')).toContain('never contacted');
    });
  });

  test('Enter runs again, with the number from where it is kept', async () => {
    await popups.use(popupSeeds.match, async (page) => {
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => globalThis.asked.length > 0);
      expect((await asked(page, 'message')).at(-1)).toMatchObject({
        type: 'start',
        number: '+447700900907',
        scenario: 'match',
      });
    });
  });

  test('a run in a tab that a page is offered is that one run: how the form walks stays as it was chosen', async () => {
    const local = { ...popupSeeds.metPage?.local, lastForm: { profileId: 'vodafone-uk', scenario: null } };
    const starts = async (page: Page) =>
      (await asked(page, 'message')).filter((one) => (one as { type: string }).type === 'start');
    const remembered = (page: Page) =>
      page.evaluate(() => globalThis.browser.storage.local.get(['lastForm']) as Promise<object>);
    await popups.use({ ...popupSeeds.metPage, local }, async (page) => {
      await page.click('#run-in-tab');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'start'));
      expect(await starts(page)).toMatchObject([{ capture: 'tab' }]);
      expect(await remembered(page)).toEqual({ lastForm: local.lastForm });
    });
    // Where the number has to be typed first, the form begins with what was offered, and forgets it.
    const { savedRun } = popupSeeds.metPage?.session ?? {};
    await popups.use({ ...popupSeeds.metPage, local, session: { savedRun } }, async (page) => {
      await page.click('#run-in-tab');
      await setRun(page, null);
      await page.waitForSelector('#walk-tab:checked');
      await page.type('#number', '+447912345907');
      await page.click('#run');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'start'));
      expect(await starts(page)).toMatchObject([{ capture: 'tab' }]);
      expect(await remembered(page)).toEqual({ lastForm: { ...local.lastForm, capture: 'fetch' } });
    });
  });

  test('the permission is asked for in the click, then the run goes on', async () => {
    const tab = { path: 'inspector.html', width: 1000 } as const;
    await popups.use(
      { ...popupSeeds.paused, replies: { resume: ok } },
      async (page) => {
        expect(await focused(page)).toBe('allow');
        await page.click('#allow');
        await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'resume'));
        expect(await asked(page, 'request')).toEqual([{ origins: ['*://*.operator.test/*'] }]);
      },
      tab,
    );
    await popups.use(
      { ...popupSeeds.paused, grants: false },
      async (page) => {
        await page.click('#allow');
        await page.waitForSelector('.pause [role="alert"]');
        expect(await asked(page, 'message')).toEqual([]);
      },
      tab,
    );
  });

  test('evidence opens the row it was seen in, and arrows move through its tabs', async () => {
    await popups.use(popupSeeds.tokenFailed, async (page) => {
      await page.click('.verdict a');
      await page.waitForSelector('#leg-token .detail');
      expect(await textOf(page, '.check.failed .name')).toBe('nonce is ours');
      await page.focus('#leg-token-detail-tab-why');
      await page.keyboard.press('ArrowRight');
      expect(await focused(page)).toBe('leg-token-detail-tab-request');
      expect(await textOf(page, '[role="tabpanel"]')).toContain('POST');
      await page.keyboard.press('End');
      expect(await page.$eval('[aria-selected="true"]', (tab) => tab.id)).toBe('leg-token-detail-tab-why');
    });
  });

  test('evidence that is a check leads to that check and marks it', async () => {
    await popups.use(popupSeeds.severalEvidence, async (page) => {
      expect(await page.$$eval('.evidence', (all) => all.length)).toBe(2);
      await page.click('#more-evidence');
      expect(await page.$$eval('.evidence', (all) => all.length)).toBe(4);
      expect(await page.$('#more-evidence')).toBeNull();
      await page.click('.evidence:last-of-type a');
      await page.waitForSelector('#check-authorize-correlation_id.pointed');
      expect(await focused(page)).toBe('check-authorize-correlation_id');
      const inView = await page.$eval('.pointed', (check) => {
        const { top, bottom } = check.getBoundingClientRect();
        return top >= 0 && bottom <= (document.querySelector('.foot')?.getBoundingClientRect().top ?? 0);
      });
      expect(inView).toBe(true);
      await page.click('.evidence a');
      await page.waitForSelector('#check-authorize-iss_param.pointed');
      expect(await page.$$('.pointed')).toHaveLength(1);
    });
  });

  test('a failure says whether pressing again helps and what became of the code', async () => {
    await popups.use(popupSeeds.tokenFailed, async (page) => {
      await page.click('#leg-token .line');
      expect(await page.$('[data-retry="new_run"]')).not.toBeNull();
      expect(await page.$('[data-code-spent="yes"]')).not.toBeNull();
    });
  });

  test('values stand beside each other where a check failed, and quietly where it passed', async () => {
    await popups.use(popupSeeds.severalEvidence, async (page) => {
      await page.click('.evidence a');
      const failed = await textOf(page, '#check-authorize-iss_param .difference');
      expect(failed).toContain('https://api.operator.test');
      expect(failed).toContain('https://api.other.test');
      expect(await textOf(page, '#check-authorize-state .actual')).toBe('state ▪1');
      expect(await textOf(page, '#check-authorize-parameters .why')).toBe('it was not asked for');
    });
  });

  test('a run that had to fail and did is as expected, and its verdict still says failed', async () => {
    await popups.use(popupSeeds.tokenFailed, async (page) => {
      expect(await textOf(page, '[data-expected="as_expected"]')).toContain('as expected: must fail');
      expect(await page.$('.verdict.bad[data-verdict="failed"]')).not.toBeNull();
    });
  });

  test('both confidences, the owner and the mechanism stand on the card', async () => {
    await popups.use(popupSeeds.failed, async (page) => {
      const chips = await page.$$eval('.verdict .chip', (all) => all.map((one) => one.textContent));
      expect(chips).toEqual([
        '✕ not as expected',
        'owner: the operator · by: this browser',
        'seen: certain',
        'cause: likely',
      ]);
    });
  });

  test('what an operator sends is text and nothing else', async () => {
    const seed = structuredClone(popupSeeds.failed ?? {});
    const saved = seed.session?.savedRun as { run: { failure: { operatorError: object } } };
    saved.run.failure.operatorError = { error: '<img src=x onerror=alert(1)>', description: '<b>bold</b>' };
    await popups.use(seed, async (page) => {
      expect(await textOf(page, '.said')).toBe('<img src=x onerror=alert(1)>: <b>bold</b>');
      expect(await page.$('.said *')).toBeNull();
    });
  });

  test('a refused request says so', async () => {
    const replies = { cancel: { ok: false, problem: { code: 'background_gone', detail: null } } };
    await popups.use({ ...popupSeeds.walking, replies }, async (page) => {
      await page.click('#cancel');
      await page.waitForSelector('[data-problem="background_gone"]');
    });
  });
});
