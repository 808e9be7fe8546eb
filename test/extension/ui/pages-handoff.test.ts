import type { Page } from 'puppeteer-core';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { handoffFormSeed, handoffMoments, handoffOf, handoffSeed } from './handoff-seeds.ts';
import { misfits, violations } from './look-at.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

let pages: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  pages = await openPopups();
});
afterAll(() => pages?.close());

const at = { path: 'inspector.html', hash: '#/handoff', width: 1280, height: 800 } as const;
const use = (seed: object, act: (page: Page) => Promise<void>, more: object = {}) =>
  pages.use(seed, act, { ...at, ...more });
const lastMessage = async (page: Page) => (await asked(page, 'message')).at(-1);
const states = (page: Page) =>
  page.$$eval('[data-step][data-state]', (all) => all.map((one) => one.getAttribute('data-state')));

describe('a phone without the extension', { timeout: 120_000 }, () => {
  test('gets a link for a number: what was stated of it goes along, and nothing of this browser', async () => {
    await use(handoffFormSeed(), async (page) => {
      await page.waitForSelector('#make-link');
      // The profile that leads back here stands first.
      expect(await page.$eval('#profile', (one) => (one as HTMLSelectElement).value)).toBe('vodafone-phones');
      await page.click('#make-link');
      await page.waitForSelector('[data-number-error="empty"]');
      await page.type('#number', '07912 345907');
      await page.click('#phone-conditions summary');
      await page.$eval('#bearer-wifi', (one) => (one as HTMLElement).click());
      await page.type('#condition-device', 'iPhone 15 ');
      expect(await page.$eval('#expectation', (one) => (one as HTMLSelectElement).value)).toBe('must_fail');
      await page.$eval('#bearer-4g', (one) => (one as HTMLElement).click());
      await page.focus('#number');
      await page.keyboard.press('Enter');
      await page.waitForFunction("asked.some(([, one]) => one?.type === 'begin_handoff')");
      expect(await lastMessage(page)).toEqual({
        type: 'begin_handoff',
        number: '+447912345907',
        country: 'GB',
        mask: '+44 •••• •••907',
        profileId: 'vodafone-phones',
        scenario: null,
        expectation: 'match',
        stated: { bearer: '4g', device: 'iPhone 15' },
      });
      // Nor is it kept for the runs of this browser.
      expect(await page.evaluate("browser.storage.session.get('number')")).toEqual({});
    });
  });

  test('gets none where it would not come back, and who can change that by which setting is said', async () => {
    await use(handoffFormSeed(null), async (page) => {
      await page.waitForSelector('[data-reason="no_address"]');
      expect(await textOf(page, '#why-not')).toContain('NV_PUBLIC_URL');
      expect(await page.$('#make-link[aria-disabled="true"]')).not.toBeNull();
      await page.type('#number', '07912 345907');
      await page.keyboard.press('Enter');
      expect(await lastMessage(page)).toEqual({ type: 'profiles' });
    });
    await use(handoffFormSeed(), async (page) => {
      await page.waitForSelector('#profile');
      await page.select('#profile', 'vodafone-uk');
      await page.waitForSelector('[data-reason="leads_elsewhere"]');
      const told = await textOf(page, '#why-not');
      expect(told).toContain('https://app.relying-party.test/callback');
      expect(told).toContain('https://verify.example.com/callback');
    });
  });

  test('is shown the link as a QR code, dark on light in both schemes, with light around it, and as text', async () => {
    const { link = '' } = handoffMoments.waiting ?? {};
    for (const scheme of ['light', 'dark'] as const) {
      await use(
        handoffSeed('waiting'),
        async (page) => {
          await page.waitForSelector('.qr');
          const { data, size } = encode(link, { border: 4, ecc: 'M' });
          const d = await page.$eval('.qr path', (one) => one.getAttribute('d') ?? '');
          expect(matrixOf(d, size)).toEqual(data);
          const drawn = await page.$eval('.qr', (one) => ({
            width: one.getBoundingClientRect().width,
            paper: getComputedStyle(one.querySelector('rect') as Element).fill,
            ink: getComputedStyle(one.querySelector('path') as Element).fill,
          }));
          expect(drawn).toEqual({
            width: expect.any(Number),
            paper: 'rgb(255, 255, 255)',
            ink: 'rgb(0, 0, 0)',
          });
          expect(drawn.width).toBeGreaterThanOrEqual(240);
          expect(await textOf(page, '#handoff-link')).toBe(link);
          expect(await textOf(page, '#handoff-clock')).toMatch(/^9:[0-4]\d$/);
          expect(await states(page)).toEqual(['now', 'next', 'next', 'next', 'next', 'next']);
          await page.click('#cancel-handoff');
          await page.waitForFunction("asked.some(([, one]) => one?.type === 'cancel_handoff')");
        },
        { scheme },
      );
    }
  });

  test('is seen live: each step is said once, and the verdict is a run of another device that claims no hop', async () => {
    await use(handoffSeed('waiting'), async (page) => {
      await page.waitForSelector('.qr');
      const show = (moment: string) =>
        page.evaluate((now) => {
          const { browser } = globalThis as never as { browser: typeof chrome };
          return browser.storage.session.set({ handoff: now });
        }, handoffMoments[moment] as never);
      await show('opened');
      await page.waitForSelector('.opened');
      expect(await textOf(page, '#handoff-told')).toContain('Opened');
      await show('redeeming');
      await page.waitForSelector('.handoff-live[data-step="token"]');
      expect(await states(page)).toEqual(['done', 'done', 'done', 'now', 'next', 'next']);
      await show('match');
      await page.waitForSelector('[data-verdict="match"]');
      expect(await textOf(page, '.verdict')).toMatch(
        /connection of the phone.*on another device.*hops not seen/s,
      );
      expect(await textOf(page, '[data-lamp="network"]')).toContain('not seen');
      expect(await textOf(page, '[data-lamp="authorize"]')).toContain('passed');
      expect(await textOf(page, '[data-end="callback"]')).toContain('the phone came back here');
      expect(await page.evaluate('document.activeElement.id')).toBe('next-handoff');
      await page.click('#next-handoff');
      expect(await lastMessage(page)).toEqual({ type: 'dismiss_handoff' });
    });
  });

  test('that ended with no, can be asked about in the other form: the number is typed again, for it is kept nowhere, and one of this browser’s that fits is another phone’s', async () => {
    const { session } = handoffSeed('noMatch');
    const seed = {
      session: { ...session, number: '+447700123907' },
      replies: { hash_doctor: { ok: true, value: null } },
    };
    await use(seed, async (page) => {
      await page.waitForSelector('[data-verdict="no_match"]');
      await page.click('#open-doctor');
      await page.waitForSelector('#ask-again:not([disabled])');
      await page.type('#number', '07700 900907');
      await page.click('#ask-again');
      await page.waitForFunction("asked.some(([, one]) => one?.type === 'hash_doctor')");
      const runId = handoffMoments.noMatch?.run.id;
      expect(await lastMessage(page)).toEqual({ type: 'hash_doctor', runId, number: '+447700900907' });
      await page.evaluate(async () => {
        const { browser } = globalThis as never as { browser: typeof chrome };
        const { handoff } = (await browser.storage.session.get('handoff')) as { handoff: { run: object } };
        const hashDoctor = { form: 'plain', verified: true, at: Date.now() };
        await browser.storage.session.set({ handoff: { ...handoff, run: { ...handoff.run, hashDoctor } } });
      });
      await page.waitForSelector('#hash-doctor[data-doctor="answered"]');
    });
  });

  test('that a link of this machine cannot be opened elsewhere is said', async () => {
    const session = { handoff: handoffOf({ ...handoffMoments.waiting, link: 'http://127.0.0.1:8787/h/x' }) };
    await use({ ...handoffFormSeed(), session }, async (page) => {
      await page.waitForSelector('.link-line + .clock + .hint');
    });
  });

  test.each([1280, 320])('is readable in light and in dark at %i px, at every moment', async (width) => {
    const seeds = [
      handoffFormSeed(),
      handoffFormSeed(null),
      ...Object.keys(handoffMoments).map((one) => handoffSeed(one)),
    ];
    for (const [number, seed] of seeds.entries()) {
      await use(
        seed,
        async (page) => {
          await page.waitForSelector('.handoff-page .body:not(:has([role="status"]))');
          await page.$$eval('details', (all) => {
            for (const one of all) one.open = true;
          });
          await page.$$eval('#open-doctor', (all) => {
            for (const one of all) (one as HTMLElement).click();
          });
          expect([number, await violations(page), await misfits(page)]).toEqual([number, [], []]);
        },
        { width, touch: width < 400 },
      );
    }
  });
});

/** The modules that a path draws, whole or not. */
function matrixOf(path: string, size: number): boolean[][] {
  const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return drawn;
}
