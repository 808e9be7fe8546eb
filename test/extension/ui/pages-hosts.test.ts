import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { LatePermission } from '../../../extension/runner/late-permission.ts';
import { misfits, violations } from './look-at.ts';
import { moments } from './moments.ts';
import { formSeed, popupSeeds, runSeed } from './page-seeds.ts';
import { liveUk } from './profile-fixtures.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const hosts = { path: 'inspector.html', hash: '#/hosts/vodafone-uk', width: 768, height: 700 } as const;
const tab = { path: 'inspector.html', width: 1000, height: 700 } as const;
/** A profile may name the host of its redirect_uri, too. */
const callback = { pattern: 'app.relying-party.test', role: 'callback', scheme: 'https' } as const;
const profiles = [{ ...liveUk, hosts: [...liveUk.hosts, callback] }];
const seed = { ...formSeed, replies: { ...formSeed.replies, profiles: { ok: true, value: { profiles } } } };
const missing = { ...seed, allowed: false };
const statesOf = (page: Page) =>
  page.$$eval('[data-host]', (all) => all.map((one) => (one as HTMLElement).dataset.state));
const late: LatePermission = {
  host: 'he.operator.test',
  origins: ['*://*.operator.test/*'],
  start: {
    profileId: 'vodafone-uk',
    scenario: null,
    expectation: 'match',
    capture: 'fetch',
    mask: '',
    country: null,
  },
  until: Date.now() + 600_000,
};
const lateSeed = runSeed({ ...moments.failed, late });

describe('the hosts of a profile', { timeout: 120_000 }, () => {
  test('are offered from the popup as soon as one is missing, and asked for in a tab, because a question closes the popup', async () => {
    await popups.use(missing, async (page) => {
      await page.click('#allow-hosts');
      expect(await asked(page, 'tab')).toEqual([{ url: '/inspector.html#/hosts/vodafone-uk' }]);
      expect(await asked(page, 'request')).toEqual([]);
    });
    await popups.use(formSeed, async (page) => expect(await page.$('#allow-hosts')).toBeNull());
  });

  test('are asked for all at once by one button, without that of redirect_uri (PR1)', async () => {
    await popups.use(
      missing,
      async (page) => {
        await page.waitForSelector('#allow');
        expect(await focused(page)).toBe('allow');
        expect(await statesOf(page)).toEqual(['not_yet', 'not_yet', 'not_yet', 'not_yet']);
        await page.click('#allow');
        const [request] = (await asked(page, 'request')) as { origins: string[] }[];
        expect(request?.origins).toHaveLength(4);
        expect(request?.origins).toContain('*://he.operator.test/*');
        expect(JSON.stringify(request)).not.toContain('relying-party');
        expect(await textOf(page, 'main')).toContain(
          'redirect_uri (app.relying-party.test) is not among them',
        );
      },
      hosts,
    );
  });

  test('that were refused say so from then on, and the way to run without them stays open', async () => {
    await popups.use(
      { ...missing, grants: false },
      async (page) => {
        await page.waitForSelector('#allow');
        await page.click('#allow');
        await page.waitForSelector('[data-state="refused"]');
        expect(await statesOf(page)).toEqual(['refused', 'refused', 'refused', 'refused']);
        expect(await page.$('#to-new-run')).not.toBeNull();
      },
      hosts,
    );
  });

  test('that are allowed can be taken back, each by a button that says which', async () => {
    await popups.use(
      formSeed,
      async (page) => {
        await page.waitForSelector('.all-allowed');
        await page.click('[aria-label="Take back the permission for he.operator.test"]');
        expect(await asked(page, 'remove')).toEqual([{ origins: ['*://he.operator.test/*'] }]);
      },
      hosts,
    );
  });

  test('that other chains left allowed are listed below, without a profile as well, and taken back as the browser has them', async () => {
    const origins = ['https://inspected.test/*', '*://he.operator.test/*', '*://app.relying-party.test/*'];
    const others = (page: Page) =>
      page.$$eval('[data-origin]', (all) => all.map((one) => (one as HTMLElement).innerText.split('\n')[1]));
    await popups.use(
      { ...seed, origins },
      async (page) => {
        await page.waitForSelector('[data-origin]');
        expect(await others(page)).toEqual(['app.relying-party.test', 'https://inspected.test']);
        expect(await textOf(page, '.other-hosts')).toContain('a tab is stopped before it');
        await page.click('[aria-label="Take back the permission for https://inspected.test"]');
        expect(await asked(page, 'remove')).toEqual([{ origins: ['https://inspected.test/*'] }]);
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      hosts,
    );
    await popups.use(
      { origins },
      async (page) => {
        await page.waitForSelector('[data-origin]');
        expect(await others(page)).toHaveLength(3);
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      { ...hosts, hash: '#/hosts', width: 320, touch: true },
    );
  });

  test.each([768, 320])('are readable, allowed or not, in light and in dark, at %i px', async (width) => {
    for (const seed of [missing, formSeed]) {
      const look = async (page: Page) => {
        await page.waitForSelector('[data-host]');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      };
      await popups.use(seed, look, { ...hosts, width, touch: width < 400 });
    }
  });
});

describe('a permission that is missing in mid-run', { timeout: 120_000 }, () => {
  test('is asked for in a tab: the popup has one button, and it leads there (A1)', async () => {
    await popups.use(popupSeeds.paused, async (page) => {
      expect(await page.$$('.pause button')).toHaveLength(1);
      await page.click('#allow');
      expect(await asked(page, 'tab')).toEqual([{ url: '/inspector.html#/' }]);
      expect(await asked(page, 'request')).toEqual([]);
    });
  });

  test('of redirect_uri’s host says that it is there to stop the tab, and that nothing is asked (PR1)', async () => {
    const { waitingFor, run } = moments.paused;
    const host = new URL(run.profile.redirectUri).hostname;
    const guarded = {
      ...moments.paused,
      run: { ...run, capture: 'tab', hops: [] },
      waitingFor: { ...waitingFor, host, origins: [`*://${host}/*`] },
    } as typeof moments.paused;
    await popups.use(
      runSeed(guarded),
      async (page) => {
        expect(await textOf(page, '#pause-title')).toBe('A tab has to be stopped before this host');
        expect(await textOf(page, '.pause')).toContain(
          'your permission lets this extension keep the tab from it',
        );
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      { ...tab, width: 320, touch: true },
    );
  });

  test('says where it was taken back during the run', async () => {
    const { waitingFor } = moments.paused;
    const revoked = {
      ...moments.paused,
      waitingFor: { ...waitingFor, revoked: true },
    } as typeof moments.paused;
    await popups.use(runSeed(revoked), async (page) => {
      expect(await textOf(page, '.pause')).toContain('taken back while the run was under way');
    });
  });

  test('given after the run has ended, starts it again; the card says so before and the run after', async () => {
    await popups.use(
      lateSeed,
      async (page) => {
        expect(await textOf(page, '[data-late]')).toContain('walked anew as soon as you allow it');
        await page.click('#allow-late');
        await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'resume'));
        expect(await asked(page, 'request')).toEqual([{ origins: ['*://*.operator.test/*'] }]);
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      tab,
    );
    const again = runSeed({ ...moments.walking, startedAgainFor: 'he.operator.test' });
    await popups.use(again, async (page) => {
      expect(await textOf(page, '.started-again')).toBe(
        'Permission for he.operator.test came late, so the run was started again.',
      );
    });
  });

  test('is no offer any more when it is too late even for that', async () => {
    await popups.use(
      runSeed({ ...moments.failed, late: { ...late, until: Date.now() - 1 } }),
      async (page) => {
        expect(await page.$('[data-late]')).toBeNull();
      },
    );
  });
});
