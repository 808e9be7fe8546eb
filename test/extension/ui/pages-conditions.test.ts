import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { KeptConditions, Stated } from '../../../extension/runner/conditions.ts';
import { conditionSeeds, onTheRoad, withConditions } from './condition-seeds.ts';
import { misfits, violations } from './look-at.ts';
import { moments } from './moments.ts';
import { formSeed, runSeed, simulatedFormSeed } from './page-seeds.ts';
import { asked, focused, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const SLOW = 60_000;

describe('stating conditions', { timeout: SLOW }, () => {
  test('takes few taps, is kept with its time, and leads on to Run', async () => {
    const begun = Date.now();
    await popups.use(formSeed, async (page) => {
      expect(await textOf(page, '#conditions-told')).toBe('Nothing stated yet');
      await openEditor(page);
      expect(await focused(page)).toBe('bearer-none');
      for (const choice of ['bearer-4g', 'sharing-tethered', 'roaming-no', 'vpn-no'])
        await page.click(`label:has(#${choice})`);
      await page.type('#condition-operator', ' Vodafone UK ');
      await page.type('#condition-tags', 'tram 12, rain');
      // Enter, from within any field.
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog', { hidden: true });
      expect(await textOf(page, '#conditions-told')).toBe(
        'Vodafone UK · 4G · tethered · not roaming · no VPN · tram 12 · rain',
      );
      expect(await focused(page)).toBe('run');
      const { conditions } = (await stored(page, ['conditions'])) as { conditions: KeptConditions };
      expect(conditions.stated).toEqual({
        bearer: '4g',
        sharing: 'tethered',
        roaming: 'no',
        vpn: 'no',
        operator: 'Vodafone UK',
        tags: ['tram 12', 'rain'],
      });
      expect(conditions.at).toBeGreaterThanOrEqual(begun);
      expect(await messages(page)).toEqual(['profiles', 'preflight']);
    });
  });

  test('Escape and Cancel leave what was stated, and the focus where it came from', async () => {
    await popups.use(withConditions(formSeed, onTheRoad), async (page) => {
      for (const leave of [() => page.keyboard.press('Escape'), () => page.click('#conditions-cancel')]) {
        await openEditor(page);
        await page.click('label:has(#bearer-5g)');
        await leave();
        await page.waitForSelector('dialog', { hidden: true });
        expect(await textOf(page, '#conditions-told')).toContain('4G');
        expect(await focused(page)).toBe('conditions');
      }
    });
  });

  test('works by keyboard alone: arrows choose, and a choice can be taken back', async () => {
    await popups.use(withConditions(formSeed, { bearer: '4g' }), async (page) => {
      await page.focus('#conditions');
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog[open]');
      await page.keyboard.press('ArrowLeft');
      expect(await focused(page)).toBe('bearer-5g');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog', { hidden: true });
      expect(await textOf(page, '#conditions-told')).toBe('Nothing stated yet');
    });
  });
});

describe('before a run, conditions in doubt are asked about', { timeout: SLOW }, () => {
  // Made when it is opened: a file may take minutes to come to it.
  const old = () => withConditions(formSeed, onTheRoad, { ageMs: 41 * 60_000 });

  test('Run leads to the question, Yes to Run, and Enter goes all the way', async () => {
    const begun = Date.now();
    await popups.use(old(), async (page) => {
      expect(await textOf(page, '#conditions-question')).toBe('Still 4G, not roaming?');
      expect(await textOf(page, '#conditions-label')).toContain('stated 41 min ago');
      await page.focus('#number');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'conditions-yes');
      expect(await messages(page)).toEqual(['profiles', 'preflight']);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'run');
      expect(await page.$('#conditions-question')).toBeNull();
      const { conditions } = (await stored(page, ['conditions'])) as { conditions: KeptConditions };
      expect(conditions.at).toBeGreaterThanOrEqual(begun);
      await page.keyboard.press('Enter');
      await started(page);
    });
  });

  test('a second press on Run goes through unanswered, with the old time in the record', async () => {
    await popups.use(old(), async (page) => {
      await page.click('#run');
      await page.waitForFunction(() => document.activeElement?.id === 'conditions-yes');
      await page.click('#run');
      await started(page);
      const { conditions } = (await stored(page, ['conditions'])) as { conditions: KeptConditions };
      expect(Date.now() - conditions.at).toBeGreaterThan(40 * 60_000);
    });
  });

  test('Change opens the editor', async () => {
    await popups.use(old(), async (page) => {
      await page.click('#conditions-change');
      await page.waitForSelector('dialog[open]');
    });
  });

  test('at once in another browser session, and when the page sees the network go', async () => {
    await popups.use(withConditions(formSeed, onTheRoad, { held: false }), async (page) => {
      await page.waitForSelector('[data-doubt="change"]');
    });
    await popups.use(withConditions(formSeed, onTheRoad), async (page) => {
      expect(await page.$('[data-doubt]')).toBeNull();
      await page.evaluate(() => dispatchEvent(new Event('offline')));
      await page.waitForSelector('[data-doubt="change"]');
      await page.click('#conditions-yes');
      await page.waitForSelector('[data-doubt]', { hidden: true });
    });
  });

  test('Run again goes by way of the form', async () => {
    const seed = withConditions(runSeed(moments.match), onTheRoad, { ageMs: 41 * 60_000 });
    await popups.use(seed, async (page) => {
      await page.click('#run-again');
      await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'dismiss'));
      expect(await messages(page)).not.toContain('start');
    });
  });
});

describe('the expectation', { timeout: SLOW }, () => {
  const onWifi: Stated = { ...onTheRoad, bearer: 'wifi' };

  test('follows the conditions, says so, and goes into the run', async () => {
    await popups.use(withConditions(formSeed, onWifi), async (page) => {
      expect(await textOf(page, '#expectation-follows')).toBe('Expects: must fail, because of Wi-Fi.');
      await page.click('#run');
      await started(page);
      expect((await asked(page, 'message')).at(-1)).toMatchObject({ expectation: 'must_fail' });
    });
  });

  test('set by the person stays until the conditions change or it is to follow them again', async () => {
    await popups.use(withConditions(formSeed, onWifi), async (page) => {
      await page.select('#expectation', 'match');
      await page.waitForSelector('#follow-conditions');
      await page.click('#follow-conditions');
      await page.waitForSelector('#expectation-follows');
      expect(await expectation(page)).toBe('must_fail');

      await page.select('#expectation', 'no_match');
      await page.waitForSelector('#follow-conditions');
      await restate(page, 'wifi');
      expect(await expectation(page)).toBe('no_match');
      await restate(page, '4g');
      await page.waitForSelector('#follow-conditions', { hidden: true });
      expect(await expectation(page)).toBe('match');
    });
  });

  test('of a simulated run is not moved by what this device is connected by', async () => {
    await popups.use(withConditions(simulatedFormSeed, onWifi), async (page) => {
      expect(await expectation(page)).toBe('match');
    });
  });
});

test('a run shows what it was made under, by whose word and how long before', { timeout: SLOW }, async () => {
  const savedRun = structuredClone(moments.match);
  const at = savedRun.run.startedAt;
  savedRun.run.conditions = {
    bearer: { value: '4g', basis: 'stated', at: at - 17 * 60_000 },
    sharing: { value: 'tethered', basis: 'stated', at },
    browser: { value: 'Firefox 153', basis: 'observed', at },
  };
  await popups.use(runSeed(savedRun), async (page) => {
    const chips = await page.$$eval('.run-conditions .chip', (all) =>
      all.map((one) => [one.firstChild?.textContent, one.getAttribute('title')]),
    );
    expect(chips).toEqual([
      ['4G', 'stated 17 min before the run'],
      ['tethered', 'stated'],
      ['Firefox 153', 'observed by the browser'],
    ]);
    expect(await textOf(page, '#verdict-sentence')).toContain('for the phone that shares this connection');
    expect(await violations(page)).toEqual([]);
  });
});

describe('readable, named and within 380 by 600, in light and in dark', { timeout: SLOW }, () => {
  test.each(Object.keys(conditionSeeds))('%s', async (name) => {
    await popups.use(conditionSeeds[name], async (page) => {
      expect(await violations(page)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
      const run = await page.$('#run');
      if (run) expect(await scrolls(page)).toBe(0);
    });
  });

  test.each([
    ['popup.html', 380, 600, false],
    ['inspector.html', 320, 720, true],
    ['inspector.html', 1280, 800, false],
  ] as const)('the editor in %s at %i by %i', async (path, width, height, touch) => {
    const at = { path, width, height, touch };
    await popups.use(
      conditionSeeds.statedLong,
      async (page) => {
        await openEditor(page);
        expect(await violations(page)).toEqual([]);
        expect(await misfits(page)).toEqual([]);
        const [wide = 0, high = 0] = await page.$eval('dialog', (one) => [
          one.scrollWidth - one.clientWidth,
          one.scrollHeight - one.clientHeight,
        ]);
        expect(wide).toBe(0);
        // A touched phone this small may scroll; the popup must not.
        if (!touch) expect(high).toBe(0);
      },
      at,
    );
  });

  test.each(['doubtfulSimulated', 'seriesComplete'])('%s on a phone of 320', async (name) => {
    const at = { path: 'inspector.html', width: 320, height: 720, touch: true } as const;
    await popups.use(
      conditionSeeds[name],
      async (page) => {
        expect(await violations(page)).toEqual([]);
        expect(await misfits(page)).toEqual([]);
      },
      at,
    );
  });
});

function scrolls(page: Page): Promise<number> {
  return page.$eval('.place', (place) => place.scrollHeight - place.clientHeight);
}

async function openEditor(page: Page): Promise<void> {
  await page.click('#conditions');
  await page.waitForSelector('dialog[open]');
}

async function restate(page: Page, bearer: string): Promise<void> {
  await openEditor(page);
  await page.click(`label:has(#bearer-${bearer})`);
  await page.click('#conditions-done');
  await page.waitForSelector('dialog', { hidden: true });
}

function expectation(page: Page): Promise<string> {
  return page.$eval('#expectation', (select) => (select as HTMLSelectElement).value);
}

function stored(page: Page, keys: string[]): Promise<object> {
  return page.evaluate((wanted) => globalThis.browser.storage.local.get(wanted), keys);
}

async function messages(page: Page): Promise<string[]> {
  return (await asked(page, 'message')).map((one) => (one as { type: string }).type);
}

async function started(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.asked.some(([, one]) => one?.type === 'start'));
}
