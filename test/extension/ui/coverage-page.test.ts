import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  cellOf,
  cells,
  coverageSeed,
  lastOf,
  latencyReply,
  replyOf,
  unreachable,
} from './coverage-fixtures.ts';
import type { Seed } from './fake-browser.ts';
import { misfits, violations } from './look-at.ts';
import type { PageSetting } from './open-pages.ts';
import { asked, openPopups, textOf } from './use-popup.ts';
import { hashIn, lastAsked } from './use-runs.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const at = { path: 'inspector.html', hash: '#/coverage', width: 1280, height: 800 } as const;
const READY = '.matrix-card, .matrix-note';

function use(
  seed: Omit<Seed, 'messages'>,
  act: (page: Page) => Promise<void>,
  { ready = READY, ...setting }: Partial<PageSetting> & { ready?: string } = {},
) {
  return popups.use(
    seed,
    async (page) => {
      await page.waitForSelector(ready);
      await act(page);
    },
    { ...at, ...setting },
  );
}

/** What is read out of a link, a space for each break. */
const nameOf = async (page: Page, selector: string) => {
  const link = await page.waitForSelector(selector);
  const read = await page.accessibility.snapshot({ root: link as NonNullable<typeof link> });
  return read?.name?.replace(/\s+/g, ' ').replaceAll(' ,', ',').trim();
};
const place = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.at ?? null);

describe('the matrix', () => {
  test('says of each cell its share, what went wrong where, how old it is and what stands beside; its links lead to those runs', async () => {
    await use(coverageSeed(), async (page) => {
      expect(await textOf(page, '#total')).toBe(
        '439 finished live runs · 90 % as expected · beside: 52 simulated, 3 imported, 3 interrupted',
      );
      expect(await nameOf(page, '[data-at="1 1"]')).toBe(
        'Vodafone UK, 4G: 34 % 17 of 50 as expected, 29 stopped at authorize, last 2 h ago · failed at authorize, beside: 4 runs, 3 imported, 1 interrupted',
      );
      expect(await nameOf(page, '[data-at="0 2"]')).toBe(
        'Vodafone ES, 3G: 3 of 3 as expected, last 24 d ago · match, older than 7 days',
      );
      expect(await nameOf(page, '[data-at="0 3"]')).toBe(
        'Vodafone ES, Wi-Fi: 90 % 9 of 10 as expected, 1 matched, had to fail, last 3 h ago · match, had to fail',
      );
      expect(await nameOf(page, '[data-at="1 4"]')).toBe(
        'Vodafone UK, not stated: no share, beside: 12 simulated',
      );
      expect(await page.$eval('[data-at="0 3"]', (cell) => cell.className)).toContain('alarm');
      expect(await page.$eval('[data-at="0 2"]', (cell) => cell.className)).toContain('stale');
      expect(await violations(page)).toEqual([]);

      await page.click('[data-at="1 4"]');
      await page.waitForSelector('[data-set="bearer"]');
      expect(await lastAsked(page, 'list_runs')).toMatchObject({
        filter: { operator: 'Vodafone UK', bearer: '∅' },
      });
      expect(await textOf(page, '[data-set="bearer"]')).toBe('Connection not stated');
      await page.click('#more-filters');
      expect(await page.$eval('#filter-bearer', (list) => (list as HTMLSelectElement).value)).toBe('∅');
      await page.goBack();
      await page.waitForSelector('.matrix-card');
    });
  });

  test('is gone through with arrows, from one stop of the Tab key', async () => {
    await use(coverageSeed(), async (page) => {
      expect(await page.$$eval('.matrix a[tabindex="0"]', (all) => all.length)).toBe(1);
      await page.focus('[data-at="0 0"]');
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft'] as const)
        await page.keyboard.press(key);
      expect(await place(page)).toBe('3 1');
      await page.keyboard.press('Home');
      await page.keyboard.down('Control');
      await page.keyboard.press('Home');
      await page.keyboard.up('Control');
      expect(await place(page)).toBe('0 0');
      await page.keyboard.press('Tab');
      expect(await place(page)).toBeNull();
      await page.focus('[data-at="0 0"]');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.runs-page');
      expect(await hashIn(page)).toBe('#/runs?operator=Vodafone+ES&bearer=5g&origin=live');
    });
  });

  test('asks for what the address says, and the controls write it there; a dimension is not offered twice', async () => {
    await use(
      coverageSeed(),
      async (page) => {
        expect(await lastAsked(page, 'coverage')).toEqual({
          type: 'coverage',
          query: { rows: 'profile', columns: 'day', place: 'Reading' },
        });
        expect(await lastAsked(page, 'latency')).toEqual({ type: 'latency', filter: { place: 'Reading' } });
        expect(
          await page.$$eval('#matrix-rows option:disabled', (all) =>
            all.map(({ textContent }) => textContent),
          ),
        ).toEqual(['Day']);
        await page.click('#swap');
        await page.waitForFunction(() => location.hash.includes('rows=day&columns=profile'));
        await page.select('#matrix-rows', 'vpn');
        await page.waitForFunction(() => location.hash.includes('rows=vpn'));
        await page.click('[data-days="7"]');
        await page.waitForSelector('[data-days="7"][aria-pressed="true"]');
        expect(await hashIn(page)).toMatch(/^#\/coverage\?rows=vpn&columns=profile&place=Reading&fromDay=/);
        await page.select('#filter-profile', 'vodafone-uk');
        await page.waitForSelector('[data-set="profile"]');
        await page.click('#clear-filters');
        await page.waitForFunction(() => !document.querySelector('[data-set]'));
        expect(await hashIn(page)).toBe('#/coverage?rows=vpn&columns=profile');
        await page.click('#more-filters');
        await page.waitForSelector('#filter-campaign');
        expect(await violations(page)).toEqual([]);
      },
      { hash: '#/coverage?rows=profile&columns=day&place=Reading' },
    );
  });
});

describe('what surrounds it', () => {
  test('no run, none that fits, and a backend that is away each say what to do; what was counted stays on show', async () => {
    const none = { runs: 0, legs: [], roles: [] };
    const nothing = coverageSeed(replyOf([]), { latency: { ok: true, value: none } });
    await use(nothing, async (page) => {
      expect(await page.$eval('.first-run', (link) => link.getAttribute('href'))).toBe('#/');
      expect([await violations(page), await misfits(page)]).toEqual([[], []]);
    });
    await use(
      nothing,
      async (page) => {
        await page.click('[data-empty="filtered"] #show-all');
        await page.waitForSelector('[data-empty="all"]');
        expect(await hashIn(page)).toBe('#/coverage?rows=operator&columns=bearer');
      },
      { hash: '#/coverage?operator=Nobody' },
    );
    await use(coverageSeed(replyOf([]), { coverage: unreachable, latency: unreachable }), async (page) => {
      const before = (await asked(page, 'message')).length;
      await page.click('#retry-coverage');
      await page.waitForFunction(
        (known) => (globalThis as unknown as { asked: [] }).asked.length > known,
        {},
        before,
      );
      await page.waitForSelector('#retry-coverage');
      expect(await violations(page)).toEqual([]);
    });
    await use(
      { ...coverageSeed(), unanswered: ['coverage', 'latency'] },
      async (page) => {
        expect(await textOf(page, '.matrix-wait p')).toContain('Counting');
      },
      { ready: '.matrix-wait' },
    );
  });

  test('latency is told in figures beside its bars, and says where samples are few', async () => {
    await use(coverageSeed(), async (page) => {
      const lines = await page.$$eval('.latency tbody tr:not(.group)', (all) =>
        all.map((line) => [...line.querySelectorAll('th, td.num')].map(({ textContent }) => textContent)),
      );
      expect(lines.length).toBe(latencyReply.legs.length + latencyReply.roles.length);
      expect(lines[0]).toEqual(['authorize', '287 ms', '741 ms', '410']);
      expect(lines.at(-1)).toEqual(['identity', '64 ms', '90 ms', 'only 7']);
    });
  });

  test('a campaign in the filter can be kept, here and in the list of runs', async () => {
    const kept = { campaigns: { ok: true, value: { kept: ['Launch'] } } };
    const seed = coverageSeed(replyOf(cells()), {
      ...kept,
      keep_campaign: { ok: true, value: { campaign: 'Launch', kept: false } },
    });
    for (const hash of ['#/coverage?campaign=Launch', '#/runs?campaign=Launch'])
      await use(
        seed,
        async (page) => {
          await page.click('#keep-campaign[aria-checked="true"]:not([aria-disabled="true"])');
          await page.waitForSelector('#keep-campaign[aria-checked="false"]');
          expect(await lastAsked(page, 'keep_campaign')).toEqual({
            type: 'keep_campaign',
            campaign: 'Launch',
            kept: false,
          });
        },
        { hash, ready: '#keep-campaign[aria-checked="true"]' },
      );
    await use(seed, async (page) => expect(await page.$('#keep-campaign')).toBeNull(), {
      hash: '#/coverage?campaign=%E2%88%85',
    });
  });
});

const RTL = 'مرحبا <img src=x onerror=pwned=1>';
const hostile = [
  ...cells(),
  cellOf(RTL, '4g', { asExpected: 4, notAsExpected: 8, last: lastOf(3, { asExpected: false }) }),
  cellOf('Vodafone UK', 'b'.repeat(120), { asExpected: 1, last: lastOf(900) }),
  cellOf('Vodafone UK', `${'<b>'.repeat(40)}`, { unknown: 1 }),
];

const seed = coverageSeed(replyOf(hostile, { leftOut: { rows: 3, columns: 1 } }));

async function expectText(page: Page) {
  expect(await violations(page)).toEqual([]);
  expect(await page.$('.matrix-card :is(img, b b)')).toBeNull();
  expect(await page.evaluate('globalThis.pwned')).toBeUndefined();
  expect(await textOf(page, '.matrix-card')).toContain(RTL);
  expect(await textOf(page, '.left-out')).toContain('Columns left out, those with the fewest runs: 1.');
}

describe('what people wrote is text, and fits', () => {
  test('from 1600 px down to 600 px as a table', async () => {
    await use(
      seed,
      async (page) => {
        for (const width of [1600, 900, 600]) {
          await page.setViewport({ width, height: 900 });
          expect(await misfits(page)).toEqual([]);
          expect(await page.$('.matrix')).not.toBeNull();
        }
        await expectText(page);
      },
      { width: 1600 },
    );
  });

  test('at 320 px as a list that begins with what needs a look first', async () => {
    await use(
      seed,
      async (page) => {
        expect(await misfits(page)).toEqual([]);
        expect(await page.$('.matrix')).toBeNull();
        expect(await nameOf(page, '.cell-list li:first-child a')).toMatch(
          /^Vodafone ES · Wi-Fi ?: .*1 matched, had to fail/,
        );
        await expectText(page);
      },
      { width: 320, touch: true },
    );
  });
});
