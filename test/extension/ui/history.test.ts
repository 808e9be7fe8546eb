import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashOfRun, historySeed, keptRun } from './history-fixtures.ts';
import { asked, openPopups, textOf } from './use-popup.ts';
import { at, focused, hashIn, lastAsked, rowsIn, scrollTo, usingRuns, verdictsIn } from './use-runs.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());
const use = usingRuns(() => popups);

describe('the list of runs', { timeout: 60_000 }, () => {
  test('tells of each run when, how it ended, whether that was expected, where, and who says so', async () => {
    await use(historySeed(8), async (page) => {
      expect(await textOf(page, '#count')).toBe('8 runs');
      const failed = `[data-run="${keptRun(2).id}"]`;
      const words = await textOf(page, failed);
      for (const part of [
        'failed',
        'http hop was turned into https',
        'as expected: must fail',
        'stopped at authorize',
      ])
        expect(words).toContain(part);
      expect(words).toContain('+44 •••• •••907');
      expect(await textOf(page, `[data-run="${keptRun(1).id}"] .origin`)).toBe('SIMULATED');
      const imported = `[data-run="${keptRun(3).id}"]`;
      expect(await textOf(page, `${imported} .origin`)).toBe('IMPORTED');
      expect(await textOf(page, `${imported} .pin`)).toBe('Pinned');
      expect(await textOf(page, `[data-run="${keptRun(0).id}"] .where`)).toContain(
        '5G · Galaxy Fold · Reading',
      );
      // Where it was made it was 13:02, in London 12:02.
      const time = await page.$eval(`[data-run="${keptRun(0).id}"] time`, (one) => [
        one.textContent,
        one.title,
      ]);
      expect(time[0]).toContain('13:02');
      expect(time[1]).toBe('2026-11-22 12:02:09.341 UTC');
    });
  });

  test('says what to do where there is no run, where none fits, and where the backend is away', async () => {
    await use(historySeed(0), async (page) => {
      expect(await textOf(page, '[data-empty="all"] h2')).toBe('No runs yet');
      await page.click('.first-run');
      await page.waitForSelector('#run');
      expect(await page.title()).toBe('New run · Number Verify Inspector');
    });
    await use(
      historySeed(3),
      async (page) => {
        await page.waitForSelector('[data-empty="filtered"]');
        await page.click('[data-set="text"]');
        await page.waitForSelector('a.run-row');
      },
      { hash: '#/runs?text=nowhere-to-be-found' },
    );
    const problem = { ok: false, problem: { code: 'backend_unreachable', detail: null } };
    await use(historySeed(3, { replies: { list_runs: problem } }), async (page) => {
      await page.waitForSelector('[data-problem="backend_unreachable"]');
      const before = (await asked(page, 'message')).length;
      await page.click('#retry-list');
      await page.waitForFunction((count) => globalThis.asked.length > (count as number), {}, before);
      expect(await lastAsked(page, 'list_runs')).toMatchObject({ cursor: null });
    });
  });

  test('without a backend there is the pairing, and no word of a list that was not got', async () => {
    await popups.use(
      {},
      async (page) => {
        await page.waitForSelector('#pairing-line');
        expect(await page.$$('[data-problem], [data-empty], .run-row')).toHaveLength(0);
      },
      at,
    );
  });

  test('ten thousand runs: the first rows at once, and never more than three screens of them drawn', async () => {
    await use(historySeed(10_000), async (page) => {
      const framesUntilRows = (verdict: string) =>
        page.evaluate(async (verdict) => {
          let frames = 0;
          location.hash = `#/runs?verdict=${verdict}`;
          const others = `a.run-row:not([data-verdict="${verdict}"])`;
          const wanted = `a.run-row[data-verdict="${verdict}"]`;
          while (document.querySelector(others) || !document.querySelector(wanted)) {
            await new Promise(requestAnimationFrame);
            frames += 1;
          }
          return frames;
        }, verdict);
      const took: number[] = [];
      for (const verdict of ['match', 'no_match', 'failed', 'unknown', 'cancelled'])
        took.push(await framesUntilRows(verdict));
      // A fifth of a second, counted in what the page draws: a slow machine draws less often. The least of them, as other
      // tests are at work beside this one.
      expect(Math.min(...took)).toBeLessThan(12);
      await page.evaluate("location.hash = '#/runs'");
      await page.waitForSelector('a.run-row[data-verdict="failed"]');
      const drawn: number[] = [];
      for (let top = 0; top <= 60_000; top += 5000) {
        await scrollTo(page, top);
        drawn.push((await rowsIn(page)).length);
      }
      expect(Math.max(...drawn)).toBeLessThanOrEqual(60);
      expect(new Set(await rowsIn(page)).size).toBe((await rowsIn(page)).length);
      // Back at the top the rows that were let go of are asked for again, from where their page began.
      const before = (await asked(page, 'message')).length;
      await scrollTo(page, 0);
      await page.waitForSelector(`[data-run="${keptRun(0).id}"]`);
      expect((await asked(page, 'message')).slice(before)).toContainEqual(
        expect.objectContaining({ type: 'list_runs', cursor: null }),
      );
    });
  }, 120_000);

  test('a page that cannot be read leaves the ones before it, and can be asked for again', async () => {
    await use(historySeed(60), async (page) => {
      await page.evaluate(`{
        const send = chrome.runtime.sendMessage;
        const gone = { ok: false, problem: { code: 'backend_unreachable', detail: null } };
        chrome.runtime.sendMessage = async (message) => (message.cursor && !globalThis.back ? gone : send(message));
      }`);
      await page.click('#refresh');
      await page.waitForSelector('.list-end [data-problem]');
      expect(await textOf(page, '#count')).toBe('the newest 50');
      expect((await rowsIn(page)).length).toBeGreaterThan(10);
      await page.evaluate('globalThis.back = true');
      await page.click('#retry-list');
      await page.waitForFunction(() => document.querySelector('#count')?.textContent === '60 runs');
    });
  });

  test('a run that ends meanwhile is offered, not pushed under the reader’s eyes', async () => {
    await use(historySeed(3), async (page) => {
      const run = { ...keptRun(0), id: crypto.randomUUID() };
      const saved = { stage: 'done', run, liveHop: null, waitingFor: null, notSaved: null };
      await page.evaluate(
        (savedRun) => globalThis.browser.storage.session.set({ savedRun }),
        saved as object,
      );
      await page.waitForSelector('#refresh.strong');
      expect(await rowsIn(page)).toHaveLength(3);
      await page.click('#refresh');
      await page.waitForSelector('#refresh:not(.strong)');
    });
  });
});

describe('filters', { timeout: 60_000 }, () => {
  test('a pill asks for its runs, shows as a chip, and is in the address', async () => {
    await use(historySeed(30), async (page) => {
      await page.select('#filter-verdict', 'failed');
      await page.waitForSelector('[data-set="verdict"]');
      await page.waitForFunction(
        () => document.querySelectorAll('a.run-row[data-verdict="match"]').length === 0,
      );
      expect(new Set(await verdictsIn(page))).toEqual(new Set(['failed']));
      expect(await hashIn(page)).toBe('#/runs?verdict=failed');
      expect(await lastAsked(page, 'list_runs')).toMatchObject({
        filter: { verdict: 'failed' },
        cursor: null,
      });
      await page.click('[data-set="verdict"]');
      await page.waitForFunction(
        () => document.querySelectorAll('a.run-row[data-verdict="match"]').length > 0,
      );
      expect(await hashIn(page)).toBe('#/runs');
    });
  });

  test('a cause and what was seen are one choice; choosing one takes the other away', async () => {
    await use(historySeed(30), async (page) => {
      await page.waitForSelector('#filter-why optgroup option');
      await page.select('#filter-why', 'failure token.invalid_grant');
      await page.waitForSelector('[data-set="failure"]');
      await page.select('#filter-why', 'cause http_upgraded');
      await page.waitForSelector('[data-set="cause"]');
      expect(await page.$('[data-set="failure"]')).toBeNull();
      expect(await textOf(page, '[data-set="cause"]')).toContain('turned into https');
      expect(await lastAsked(page, 'list_runs')).toMatchObject({ filter: { cause: 'http_upgraded' } });
    });
  });

  test('words are looked for once the typing pauses, and leave no trail in the browser’s history', async () => {
    await use(historySeed(30), async (page) => {
      const steps = await page.evaluate(() => history.length);
      // In one go: on a slow machine there would be a pause between two letters.
      await page.focus('#search');
      await page.evaluate(() => {
        for (const letter of 'tram 12') document.execCommand('insertText', false, letter);
      });
      await page.waitForSelector('[data-set="text"]');
      const texts = (await asked(page, 'message'))
        .filter((one) => (one as { type: string }).type === 'list_runs')
        .map((one) => (one as { filter: { text?: string } }).filter.text);
      expect(texts).toEqual([undefined, 'tram 12']);
      expect(await page.evaluate(() => history.length)).toBe(steps);
    });
  });

  test('days and conditions are one click away, with the values of the runs in the list to choose from', async () => {
    await use(historySeed(30), async (page) => {
      await page.click('#more-filters');
      expect(await page.$$eval('#filter-place-known option', (all) => all.map(({ value }) => value))).toEqual(
        ['London, tram 12', 'Reading', '∅'],
      );
      await page.type('#filter-place', 'Reading');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-set="place"]');
      await page.select('#filter-bearer', '5g');
      await page.waitForSelector('[data-set="bearer"]');
      expect(await textOf(page, '[data-set="bearer"]')).toContain('5G');
      await page.$eval('#filter-fromDay', (field) => {
        (field as HTMLInputElement).value = '2026-11-20';
        field.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await page.waitForSelector('[data-set="fromDay"]');
      expect(await lastAsked(page, 'list_runs')).toMatchObject({
        filter: { place: 'Reading', bearer: '5g', fromDay: '2026-11-20' },
      });
      await page.click('#clear-filters');
      await page.waitForFunction(() => !document.querySelector('[data-set]'));
      expect(await page.$eval('#filter-place', (field) => (field as HTMLInputElement).value)).toBe('');
    });
  });

  test('an address typed by hand with nonsense in it filters by what is none', async () => {
    await use(
      historySeed(3),
      async (page) => {
        expect(await lastAsked(page, 'list_runs')).toMatchObject({ filter: { profile: '<b>x</b>' } });
        expect(await page.$('[data-set="profile"] b')).toBeNull();
        expect(await textOf(page, '[data-set="profile"]')).toContain('<b>x</b>');
      },
      { hash: '#/runs/not-an-id?verdict=maybe&leg=4&fromDay=today&unknown=1&profile=%3Cb%3Ex%3C%2Fb%3E' },
    );
  });
});

describe('with the keyboard', { timeout: 60_000 }, () => {
  test('arrows lead through the list, Enter opens, Esc closes and is back at the row', async () => {
    await use(historySeed(30), async (page) => {
      await page.focus('a.run-row');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      expect(await focused(page)).toBe(keptRun(1).id);
      expect(await page.$$eval('a.run-row[tabindex="0"]', (all) => all.length)).toBe(1);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`[data-kept="${keptRun(1).id}"]`);
      expect(await hashIn(page)).toBe(hashOfRun(1));
      expect(await focused(page)).toBe(keptRun(1).id);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => !document.querySelector('.run-side'));
      expect(await hashIn(page)).toBe('#/runs');
      await page.waitForFunction(
        (id) => (document.activeElement as HTMLElement)?.dataset.run === id,
        {},
        keptRun(1).id,
      );
    });
  });

  test('Esc in a dialog closes the dialog and not the run', async () => {
    await use(
      historySeed(30),
      async (page) => {
        await page.waitForSelector('.record');
        await page.click('#delete-run');
        await page.waitForSelector('#delete-dialog[open]');
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('#delete-dialog'));
        expect(await hashIn(page)).toBe(hashOfRun(2));
        expect(await focused(page)).toBe('delete-run');
      },
      { hash: hashOfRun(2) },
    );
  });
});
