import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Seed } from './fake-browser.ts';
import { misfits, violations } from './look-at.ts';
import { moments } from './moments.ts';
import type { PageSetting } from './open-pages.ts';
import { popupSeeds } from './page-seeds.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

type Given = Omit<Seed, 'messages'>;

const runId = moments.doctorAskable.run.id;
const ok = { ok: true, value: null };
const askable: Given = { ...popupSeeds.doctorAskable, replies: { hash_doctor: ok } };
const withoutNumber: Given = { ...askable, session: { ...askable.session, number: undefined } };

async function opened(
  seed: Given | undefined,
  act: (page: Page) => Promise<void>,
  at: Partial<PageSetting> = {},
): Promise<void> {
  const open = async (page: Page) => {
    await page.click('#open-doctor');
    await page.waitForSelector('#hash-doctor');
    await act(page);
  };
  await popups.use(seed, open, at);
}

const PLACES: Partial<PageSetting>[] = [{}, { path: 'inspector.html', width: 320 }];

const answers = (page: Page) =>
  page.$$eval('[data-form]', (lines) =>
    lines.map((line) => [(line as HTMLElement).dataset.form, (line as HTMLElement).dataset.answer]),
  );

const doctorAsked = async (page: Page) =>
  (await asked(page, 'message')).filter((one) => (one as { type: string }).type === 'hash_doctor');

describe('how the number is written', { timeout: 60_000 }, () => {
  test('is offered on "no match" with a number, and nowhere else', async () => {
    for (const name of ['match', 'failed', 'unknown'])
      await popups.use(popupSeeds[name], async (page) => expect(await page.$('#open-doctor')).toBeNull());
    await popups.use(popupSeeds.doctorAskable, async (page) => {
      expect(await page.$eval('#open-doctor', (button) => button.getAttribute('aria-expanded'))).toBe(
        'false',
      );
      expect(await page.$('#hash-doctor')).toBeNull();
    });
  });

  test('opens with every form masked, the profile’s own marked, and the focus on its title; and closes again', async () => {
    await opened(askable, async (page) => {
      expect(await focused(page)).toBe('doctor-title');
      expect(await page.$$eval('.written', (all) => all.map((one) => one.textContent))).toEqual([
        '+44•••••••907',
        '44•••••••907',
        '0044•••••••907',
        '(0)•••••••907',
        '+44 •••• ••• 907',
      ]);
      expect(await textOf(page, '[data-form="plus"]')).toContain('this profile');
      expect(await textOf(page, '[data-form="plain"]')).not.toContain('this profile');
      expect(await answers(page)).toEqual([
        ['plus', 'no'],
        ['plain', ''],
        ['zeros', ''],
        ['national', ''],
        ['spaces', ''],
      ]);
      await page.click('#open-doctor');
      expect(await page.$('#hash-doctor')).toBeNull();
    });
  });

  test('says what asking costs, and asks with the number of the session', async () => {
    await opened(askable, async (page) => {
      expect(await textOf(page, '.ask')).toContain('one more request');
      await page.waitForSelector('#ask-again:not([disabled])');
      await page.click('#ask-again');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'hash_doctor'));
      expect((await asked(page, 'message')).at(-1)).toEqual({
        type: 'hash_doctor',
        runId,
        number: '+447700900907',
      });
    });
  });

  test('asks for the number where this browser has let go of it, and takes no other run’s', async () => {
    await opened(withoutNumber, async (page) => {
      await page.waitForSelector('#number');
      for (const [typed, error] of [
        ['', 'empty'],
        ['12', 'impossible'],
        ['7700 900123', 'other_run'],
        ['+49 1512 3456907', 'other_run'],
      ] as const) {
        await page.click('#number', { count: 3 });
        await page.keyboard.press('Backspace');
        if (typed) await page.type('#number', typed);
        await page.keyboard.press('Enter');
        await page.waitForSelector(`[data-number-error="${error}"]`);
      }
      expect(await doctorAsked(page)).toEqual([]);
      await page.click('#number', { count: 3 });
      await page.type('#number', '07700 900907');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'hash_doctor'));
      expect((await asked(page, 'message')).at(-1)).toMatchObject({ number: '+447700900907' });
    });
  });

  test('a number kept for another run is not used', async () => {
    await opened({ ...askable, session: { ...askable.session, number: '+447700900123' } }, async (page) => {
      await page.waitForSelector('#number');
    });
  });

  test('what the backend refuses is a sentence with its own words', async () => {
    const refused = { ok: false, problem: { code: 'hash_doctor_refused', detail: 'Run again.' } };
    await opened({ ...askable, replies: { hash_doctor: refused } }, async (page) => {
      await page.waitForSelector('#ask-again:not([disabled])');
      await page.click('#ask-again');
      await page.waitForSelector('.doctor [data-problem="hash_doctor_refused"]');
      expect(await textOf(page, '.doctor .problem')).toContain('Run again.');
      await page.waitForSelector('#ask-again:not([disabled])');
    });
  });

  test('the answer comes into the open panel, and the verdict stays', async () => {
    await opened({ ...askable, unanswered: ['hash_doctor'] }, async (page) => {
      await page.waitForSelector('#ask-again:not([disabled])');
      await page.focus('#ask-again');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#ask-again[aria-disabled="true"]');
      expect(await focused(page)).toBe('ask-again');
      expect(await doctorAsked(page)).toHaveLength(1);
      await page.evaluate(
        (savedRun) => globalThis.browser.storage.session.set({ savedRun }),
        popupSeeds.doctorYes?.session?.savedRun as object,
      );
      await page.waitForSelector('[data-doctor-answer="true"]');
      expect(await focused(page)).toBe('doctor-title');
      expect((await answers(page)).slice(0, 2)).toEqual([
        ['plus', 'no'],
        ['plain', 'yes'],
      ]);
      expect(await page.$('[data-verdict="no_match"]')).not.toBeNull();
      expect(await textOf(page, '#verdict-sentence')).toContain('write the number differently');
    });
  });

  test.each([
    ['doctorNo', 'no to both forms'],
    ['doctorUnanswered', 'no answer'],
    ['doctorExpired', 'five minutes'],
    ['doctorNotAllowed', 'does not allow'],
  ])('%s says so, and offers nothing to press', async (name, words) => {
    await opened(popupSeeds[name], async (page) => {
      expect(await textOf(page, '#hash-doctor')).toContain(words);
      expect(await page.$('#ask-again')).toBeNull();
    });
  });

  test('the second question is no second try of the leg', async () => {
    await popups.use(popupSeeds.doctorYes, async (page) => {
      expect(await textOf(page, '[data-leg="premiuminfo"]')).toContain('asked again');
      expect(await textOf(page, '[data-leg="premiuminfo"]')).not.toContain('try 2');
      await page.click('#leg-premiuminfo .line');
      await page.click('#leg-premiuminfo-detail-tab-response');
      expect(await page.$$eval('.try', (titles) => titles.map((one) => one.textContent))).toEqual([
        'Try 1',
        'Asked again, written the other way',
      ]);
    });
  });

  test('every state of it is readable, in light and in dark, from 320 to 1280 px', async () => {
    const states: Given[] = [
      askable,
      withoutNumber,
      { ...askable, unanswered: ['hash_doctor'] },
      ...['doctorYes', 'doctorNo', 'doctorUnanswered', 'doctorExpired', 'doctorNotAllowed'].map(
        (name) => popupSeeds[name] ?? {},
      ),
    ];
    for (const state of states) {
      const look = async (page: Page) => {
        if (state.unanswered) {
          await page.waitForSelector('#ask-again:not([disabled])');
          await page.click('#ask-again');
          await page.waitForSelector('#ask-again[aria-disabled="true"]');
        }
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        if (page.viewport()?.width !== 320) return;
        await page.setViewport({ width: 1280, height: 800 });
        expect(await misfits(page)).toEqual([]);
      };
      for (const place of PLACES) await opened(state, look, place);
    }
  }, 240_000);
});
