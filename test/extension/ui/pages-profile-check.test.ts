import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ProfileCheckLine } from '#protocol/profile-check.ts';

import type { Seed } from './fake-browser.ts';
import { misfits, violations } from './look-at.ts';
import { formSeed, simulatedFormSeed } from './page-seeds.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

function lineOf(name: ProfileCheckLine['name'], known: Partial<ProfileCheckLine> = {}): ProfileCheckLine {
  return {
    name,
    result: 'passed',
    seen: '302',
    why: null,
    failure: null,
    owner: null,
    cure: null,
    durationMs: 41,
    ...known,
  };
}

const reply = (lines: ProfileCheckLine[]) => ({
  check_profile: { ok: true, value: { profileId: 'vodafone-uk', lines } },
});

const good = reply([lineOf('authorize'), lineOf('token', { seen: '400 invalid_grant' }), lineOf('jwks')]);
const bad = reply([
  lineOf('authorize', {
    result: 'warned',
    seen: '302 to an unknown host',
    cure: 'check_api_host',
    owner: 'client_setup',
  }),
  lineOf('token', {
    result: 'failed',
    seen: '401 invalid_client: no such client',
    failure: 'token.invalid_client',
    owner: 'client_setup',
    cure: 'check_credentials',
  }),
  lineOf('jwks', { result: 'not_checked', seen: '', why: 'no_jwks_configured', durationMs: null }),
]);

const inForm = (replies: object, more: object = {}): Omit<Seed, 'messages'> => ({
  ...formSeed,
  ...more,
  replies: { ...formSeed.replies, ...replies },
});
const settings = { path: 'options.html', width: 1000, height: 800 } as const;
const resultsOf = (page: Page) =>
  page.$$eval('[data-probe]', (all) => all.map((one) => (one as HTMLElement).dataset.result));

describe('a profile check', { timeout: 60_000 }, () => {
  test('is a quiet link in the form, and asks with the chosen profile alone', async () => {
    await popups.use(inForm(good), async (page) => {
      await page.click('#check-profile');
      await page.waitForSelector('[data-profile-check="done"]');
      expect((await asked(page, 'message')).at(-1)).toEqual({
        type: 'check_profile',
        profileId: 'vodafone-uk',
      });
      expect(await resultsOf(page)).toEqual(['passed', 'passed', 'passed']);
      expect(await textOf(page, '[data-probe="token"]')).toContain('400 invalid_grant');
      expect(await textOf(page, '.check-result')).toContain('Nothing wrong');
    });
  });

  test('is asked for once, however often it is pressed, and keeps the focus', async () => {
    await popups.use(inForm({}, { unanswered: ['check_profile'] }), async (page) => {
      await page.focus('#check-profile');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#check-profile[aria-disabled="true"]');
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('check-profile');
      const types = (await asked(page, 'message')).map((one) => (one as { type: string }).type);
      expect(types.filter((type) => type === 'check_profile')).toHaveLength(1);
    });
  });

  test('goes when another profile is chosen: it was about the one before', async () => {
    await popups.use(inForm(good), async (page) => {
      await page.click('#check-profile');
      await page.waitForSelector('[data-profile-check="done"]');
      await page.select('#profile', 'vodafone-de');
      await page.waitForSelector('[data-profile-check="idle"]');
    });
  });

  test('says what was seen, what to do and who has to, for each thing that did not pass', async () => {
    await popups.use(inForm(bad), async (page) => {
      await page.click('#check-profile');
      await page.waitForSelector('[data-profile-check="done"]');
      expect(await resultsOf(page)).toEqual(['warned', 'failed', 'not_checked']);
      const token = await textOf(page, '[data-probe="token"]');
      expect(token).toContain('401 invalid_client: no such client');
      expect(token).toContain('Set the right client_id and secret');
      expect(token).toContain('owner: client setup');
      expect(await textOf(page, '[data-probe="jwks"]')).toContain('the profile names no keys');
    });
  });

  test('what an operator answered is text and nothing else', async () => {
    const hostile = reply([lineOf('token', { result: 'failed', seen: '<img src=x onerror=alert(1)>' })]);
    await popups.use(inForm(hostile), async (page) => {
      await page.click('#check-profile');
      await page.waitForSelector('.seen');
      expect(await textOf(page, '.seen')).toBe('<img src=x onerror=alert(1)>');
      expect(await page.$('.seen *')).toBeNull();
    });
  });

  test('a backend that does not answer is a sentence', async () => {
    const gone = { check_profile: { ok: false, problem: { code: 'backend_unreachable', detail: null } } };
    await popups.use(inForm(gone), async (page) => {
      await page.click('#check-profile');
      await page.waitForSelector('.check-result [data-problem="backend_unreachable"]');
    });
  });

  test('is there for every profile in the settings', async () => {
    await popups.use(
      inForm(bad),
      async (page) => {
        await page.waitForSelector('[data-profile="vodafone-de"] button');
        expect(await page.$$eval('[data-profile]', (all) => all.length)).toBe(3);
        await page.click('[data-profile="vodafone-de"] button');
        await page.waitForSelector('[data-profile="vodafone-de"] [data-probe="token"]');
        expect((await asked(page, 'message')).at(-1)).toEqual({
          type: 'check_profile',
          profileId: 'vodafone-de',
        });
        expect(await page.$$('[data-probe]')).toHaveLength(3);
      },
      settings,
    );
  });

  test('every state of it is readable, in light and in dark, in the popup and in the settings', async () => {
    for (const [seed, done] of [
      [inForm(good), 'done'],
      [inForm(bad), 'done'],
      [inForm({}, { unanswered: ['check_profile'] }), 'checking'],
    ] as const) {
      const look = async (page: Page) => {
        await page.waitForSelector('#check-profile, .profile-line button');
        await page.click('#check-profile, .profile-line button');
        await page.waitForSelector(`[data-profile-check="${done}"]`);
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      };
      for (const place of [{}, settings, { ...settings, width: 320 }]) await popups.use(seed, look, place);
    }
  }, 120_000);
});

describe('the scenarios', { timeout: 60_000 }, () => {
  test('come in groups, the stories first, with what the chosen one plays below', async () => {
    await popups.use(simulatedFormSeed, async (page) => {
      const groups = await page.$$eval('#scenario optgroup', (all) =>
        all.map((one) => [one.label, [...one.querySelectorAll('option')].map(({ value }) => value)]),
      );
      expect(groups).toEqual([
        ['Stories', ['match', 'no-match', 'wifi-off-network', 'hsts-on-enrichment']],
        ['Faults of the token endpoint', ['token-hang']],
        ['Faults in the id_token', ['bad-nonce']],
      ]);
      expect(await textOf(page, '#scenario-about')).toBe('What match plays.');
      await page.select('#scenario', 'token-hang');
      await page.waitForFunction(
        () => document.querySelector('#scenario-about')?.textContent === 'What token-hang plays.',
      );
      expect(await page.$eval('#scenario', (list) => list.getAttribute('aria-describedby'))).toBe(
        'scenario-about',
      );
    });
  });
});
