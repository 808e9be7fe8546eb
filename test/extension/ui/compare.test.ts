import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  compareHash,
  compareSeed,
  detour,
  germanRun,
  idOf,
  measured,
  other,
  reference,
  simulatedRun,
} from './compare-fixtures.ts';
import type { Seed } from './fake-browser.ts';
import { hostileRun } from './hostile-run.ts';
import { misfits, violations } from './look-at.ts';
import type { PageSetting } from './open-pages.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';
import { hashIn, lastAsked } from './use-runs.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const kept = [reference, measured, detour, simulatedRun, germanRun, other(10), other(11)];

/** The page of comparisons, once it shows what it found. */
function compare(
  seed: Omit<Seed, 'messages'>,
  hash: string,
  act: (page: Page) => Promise<void>,
  setting: Partial<PageSetting> = {},
) {
  return popups.use(
    seed,
    async (page) => {
      await page.waitForSelector('.side-head, .nothing');
      await act(page);
    },
    { path: 'inspector.html', hash, width: 1280, height: 800, ...setting },
  );
}

const idsIn = (page: Page) => page.$$eval('section.side-head', (all) => all.map((one) => one.dataset.id));
const wellMade = async (page: Page) =>
  expect([await violations(page), await misfits(page)]).toEqual([[], []]);

describe('two runs side by side', () => {
  test('says which, why and where they part, and a keyboard gets there', async () => {
    await compare(compareSeed(kept, { reference }), compareHash(measured), async (page) => {
      expect(await idsIn(page)).toEqual([reference.id, measured.id]);
      expect(await textOf(page, '[data-side="reference"]')).toContain('The reference chain of Vodafone UK.');
      expect(await textOf(page, '#first-words')).toContain('After hop 2');
      // Settings come first, in words; what is alike is folded.
      expect(await textOf(page, '#compared-settings [data-what="condition"]')).toBe(
        'ConnectionReference4GThis run5G',
      );
      expect(await page.$$eval('.compared', (all) => all.map(({ id }) => id))).toEqual(
        ['settings', 'chain', 'legs', 'outcome'].map((name) => `compared-${name}`),
      );
      await page.focus('#to-first');
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('first-difference');
      expect(
        await page.$eval('#first-difference', (row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }),
      ).toBe(true);
      const fold = '#compared-chain .fold-head';
      expect(await textOf(page, fold)).toContain('2 hops alike');
      await page.focus(fold);
      await page.keyboard.press('Space');
      await page.waitForSelector(`${fold}[aria-expanded="true"]`);
      expect(await page.$$('#compared-chain .hop-pair.same')).toHaveLength(2);
      expect(await textOf(page, '.ignored')).toContain('state, nonce and code');
      await wellMade(page);
    });
  });

  test('both can be changed: swapped, or another chosen from a list that is searched', async () => {
    await compare(compareSeed(kept, { reference }), compareHash(measured), async (page) => {
      await page.click('#swap');
      await page.waitForSelector(`[data-side="run"][data-id="${reference.id}"]`);
      expect(await idsIn(page)).toEqual([measured.id, reference.id]);
      expect(await textOf(page, '[data-side="reference"]')).toContain('Chosen by you.');
      expect(await focused(page)).toBe('swap');
      await page.focus('#pick-run');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#close-pick');
      await page.click('#close-pick');
      expect(await focused(page)).toBe('pick-run');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#pick-dialog .pick-row');
      // Of this profile only, and neither of the two that are shown.
      const offered = () => page.$$eval('a.pick-row', (all) => all.map((one) => one.dataset.pick));
      expect(await offered()).toEqual([other(10).id, other(11).id, detour.id]);
      await page.type('#search', detour.id);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelectorAll('.pick-row').length === 1);
      await wellMade(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector(`[data-side="run"][data-id="${detour.id}"]`);
      expect(await page.$('#pick-dialog')).toBeNull();
      expect(await hashIn(page)).toBe(compareHash(detour, measured));
    });
  });

  test('is read, not run: what an operator wrote stays text, at 320 px as well', async () => {
    const text = `<img src=x onerror=globalThis.pwned=1>${'long'.repeat(200)}`;
    const hostile = { ...hostileRun(text).run, id: idOf(20), profile: measured.profile };
    const harmless = { ...hostileRun('harmless').run, id: idOf(21), profile: measured.profile };
    await compare(
      compareSeed([hostile, harmless]),
      compareHash(hostile, harmless),
      async (page) => {
        await page.$$eval('button.fold-head', (all) => {
          for (const one of all) one.click();
        });
        expect(await textOf(page, '#compared-chain')).toContain('<img src=x onerror=globalThis.pwned=1>');
        expect(await page.$('#app img')).toBeNull();
        expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
        await wellMade(page);
      },
      { width: 320, touch: true },
    );
  });

  test('what is missing is said: no run, nothing to hold it against, a run that is gone', async () => {
    await compare(compareSeed([]), '#/compare', async (page) => {
      expect(await page.$('[data-empty="none"] a[href="#/"]')).not.toBeNull();
    });
    await compare(compareSeed([measured]), '#/compare', async (page) => {
      await page.waitForSelector('[data-empty="alone"]');
      await page.click('#pick-reference');
      await page.waitForSelector('#pick-dialog[open] [aria-busy="false"]');
      expect(await textOf(page, '.pick-list')).toBe('No other run fits.');
      await wellMade(page);
    });
    const gone = { ok: false, problem: { code: 'run_not_kept', detail: null } };
    const seed = compareSeed([measured], { replies: { read_run: gone } });
    await compare(seed, compareHash(measured, reference), async (page) => {
      await page.waitForSelector('[data-problem="run_not_kept"]');
      const before = (await asked(page, 'message')).length;
      await page.click('#retry-compare');
      await page.waitForFunction((count) => globalThis.asked.length > count, {}, before);
      await wellMade(page);
    });
  });
});

describe('the reference of a profile', () => {
  test('is pinned from a run, after saying which it replaces, and let go of the same way', async () => {
    await popups.use(
      compareSeed(kept, { reference }),
      async (page) => {
        await page.waitForSelector('#pin-reference[aria-pressed="false"]');
        expect(await textOf(page, `[data-run="${reference.id}"] .reference-mark`)).toBe('reference');
        await page.click('#pin-reference');
        await page.waitForSelector('#pin-now:not([aria-disabled="true"])');
        const said = await textOf(page, '#reference-dialog');
        for (const words of ['Vodafone UK', 'kept however old', 'not end with a match', 'Nov 3, 2026'])
          expect(said).toContain(words);
        await wellMade(page);
        await page.click('#pin-now');
        await page.waitForSelector('#pin-reference[aria-pressed="true"]');
        expect(await lastAsked(page, 'set_reference')).toEqual({
          type: 'set_reference',
          runId: measured.id,
          reference: true,
        });
        await page.waitForSelector(`[data-run="${measured.id}"] .reference-mark`);
        expect(await page.$(`[data-run="${reference.id}"] .reference-mark`)).toBeNull();
        // A run is not held against itself.
        expect(await page.$('#reference-note')).toBeNull();
        await page.click('#pin-reference');
        await page.waitForSelector('#pin-reference[aria-pressed="false"]');
        expect(await lastAsked(page, 'set_reference')).toMatchObject({ reference: false });
        await page.click('#compare-run');
        await page.waitForSelector('.compare-page .side-head');
        expect(await hashIn(page)).toBe(compareHash(measured));
      },
      { path: 'inspector.html', hash: `#/runs/${measured.id}`, width: 1280, height: 800 },
    );
  });

  test('the popup says after the end where a run leaves it, moves nothing for that, and leads to both', async () => {
    const done = { stage: 'done', run: measured, liveHop: null, waitingFor: null, notSaved: null };
    const seed = (known: Partial<Seed>) => {
      const all = compareSeed(kept, { reference, ...known });
      return { ...all, session: { savedRun: done } };
    };
    const topOf = (page: Page) => page.$eval('.chain', (chain) => chain.getBoundingClientRect().top);
    let before = 0;
    await popups.use(seed({ unanswered: ['read_reference'] }), async (page) => {
      await page.waitForSelector('[data-verdict="failed"]');
      before = await topOf(page);
      expect(await page.$('#reference-note')).toBeNull();
    });
    await popups.use(seed({}), async (page) => {
      await page.waitForSelector('#reference-note');
      expect(await textOf(page, '#reference-note')).toContain('differs from reference after hop 2');
      expect(await topOf(page)).toBe(before);
      await wellMade(page);
      await page.click('#reference-note');
      expect(await asked(page, 'tab')).toEqual([
        { url: `/inspector.html${compareHash(measured, reference)}` },
      ]);
      expect(
        (await asked(page, 'message')).filter((one) => (one as { type: string }).type === 'read_reference'),
      ).toHaveLength(1);
    });
  });
});
