import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { KeptLine } from '../../../extension/runner/kept-hops.ts';
import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { historySeed } from './history-fixtures.ts';
import { misfits, violations } from './look-at.ts';
import { moments } from './moments.ts';
import { runSeed } from './page-seeds.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

let popups: Awaited<ReturnType<typeof openPopups>>;
beforeAll(async () => {
  popups = await openPopups();
});
afterAll(() => popups?.close());

const line = (at: number, more: Partial<KeptLine> = {}): KeptLine => ({
  id: `0b5c1c56-9a55-4d2c-8d23-00000000010${at}`,
  startedAt: Date.UTC(2026, 10, 23, 8, at),
  utcOffsetMinutes: 60,
  mask: '+44 •••• •••907',
  profileName: 'Vodafone UK',
  hops: at,
  verdict: 'failed',
  refused: false,
  problem: { code: 'backend_unreachable', detail: null },
  ...more,
});
const kept = {
  ok: true,
  value: {
    runs: [
      line(1),
      line(2),
      line(3, { refused: true, problem: { code: 'ended_without_hops', detail: null } }),
    ],
    aside: 1,
  },
};
const left = { ok: true, value: { runs: [], aside: 0 } };
const { run } = moments.redeeming as { run: SavedRun['run'] };
const held: SavedRun = {
  stage: 'handing_over',
  run: { ...run, phase: 'code_received', verdict: null },
  liveHop: null,
  waitingFor: null,
  notSaved: { code: 'backend_unreachable', detail: null },
  codeSeenAt: 0,
  keptHere: true,
};

describe('what is not yet saved', { timeout: 120_000 }, () => {
  test.each([320, 1280])('stands above the runs at %i px, with why and what to do (S2)', async (width) => {
    await popups.use(
      historySeed(5, { replies: { kept_runs: kept, hand_over_kept: kept, discard_kept: left } }),
      async (page) => {
        await page.waitForSelector('[data-unsaved]');
        expect(await textOf(page, '.unsaved h2')).toBe('2 runs not yet saved');
        expect(await textOf(page, '.unsaved')).toContain('The backend does not answer.');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
        const handed = async () =>
          (await asked(page, 'message')).filter((one) => (one as { type: string }).type === 'hand_over_kept')
            .length;
        const before = await handed();
        await page.click('#hand-over-kept');
        expect(await handed()).toBe(before + 1);
        // Discarding takes two clicks: nothing brings it back.
        await page.click('[data-unsaved] .discard');
        expect(await page.$('[data-unsaved]')).not.toBeNull();
        await page.click('[data-unsaved] .discard.sure');
        await page.waitForFunction(() => !document.querySelector('[data-unsaved]'));
      },
      { path: 'inspector.html', hash: '#/runs', width, height: 800, touch: width < 400 },
    );
  });

  test('that is handed over when the page opens is said to be, and the list offers it', async () => {
    await popups.use(
      historySeed(5, { replies: { kept_runs: kept, hand_over_kept: left } }),
      async (page) => {
        await page.waitForSelector('.all-saved');
        expect(await page.$('.unsaved')).toBeNull();
      },
      { path: 'inspector.html', hash: '#/runs', width: 1280, height: 800 },
    );
  });

  test('shows the age of a code that is held, and that its hops could not be kept where that is so (C16, S2)', async () => {
    await popups.use(runSeed({ ...held, codeSeenAt: Date.now() - 12_000 }), async (page) => {
      expect(await textOf(page, '#held-code')).toMatch(/^Code held \d+ s, valid about 60 s\./);
      expect(await page.$eval('[data-lamp="token"]', (lamp) => lamp.getAttribute('data-state'))).not.toBe(
        'not_run',
      );
      expect([await violations(page), await misfits(page)]).toEqual([[], []]);
    });
    await popups.use(runSeed({ ...(moments.interrupted as SavedRun), keptHere: false }), async (page) => {
      expect(await page.$('#held-code')).toBeNull();
      expect(await textOf(page, '.banner')).toContain('could not be kept in this browser');
    });
  });
});
