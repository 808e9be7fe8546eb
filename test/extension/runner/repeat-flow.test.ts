/** A series from its first run to its last, in a browser of which there is only what a session remembers. */
import { expect, test, vi } from 'vitest';

import type { Run } from '#protocol/run.ts';

import type { SeriesHands } from '../../../extension/runner/repeat-flow.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';

const NUMBER = '+447700900907';
const FIRST = '00000000-0000-4000-8000-000000000001';
const start = {
  country: 'GB',
  mask: '+44 •••• •••907',
  profileId: 'scripted',
  scenario: null,
  expectation: 'match',
  capture: 'tab',
} as const;

/** Loaded only now: they ask for the browser as soon as they are. */
async function inBrowser() {
  const session = new Map<string, unknown>([['number', NUMBER]]);
  const storage = {
    get: async (key: string) => (session.has(key) ? { [key]: session.get(key) } : {}),
    set: async (items: object) => {
      for (const [key, value] of Object.entries(items)) session.set(key, structuredClone(value));
    },
  };
  const runtime = { id: 'ours' };
  vi.stubGlobal('chrome', { runtime });
  vi.stubGlobal('browser', { runtime, storage: { session: storage } });
  const [{ carrySeries }, { beginSeries }, store, { writeSavedRun }] = await Promise.all([
    import('../../../extension/runner/repeat-flow.ts'),
    import('../../../extension/runner/repeat.ts'),
    import('../../../extension/runner/repeat-store.ts'),
    import('../../../extension/runner/saved-run.ts'),
  ]);
  return { carrySeries, beginSeries, writeSavedRun, ...store };
}

test('each run of a series is walked in the way its first was, in a tab of its own, one after the other', async () => {
  const { carrySeries, beginSeries, writeSavedRun, writeSeries, readSeries } = await inBrowser();
  const begun: { id: string; capture: Run['capture']; number: string }[] = [];
  let underWay = 0;
  const hands: SeriesHands = {
    async run({ capture, number }, id) {
      expect(++underWay).toBe(1);
      begun.push({ id, capture, number });
      const run = runOf(profileAt('https://api.example'), { id, capture, verdict: 'match', phase: 'ended' });
      await writeSavedRun({ stage: 'done', run, liveHop: null, waitingFor: null, notSaved: null });
      underWay -= 1;
      return null;
    },
    pause: async () => undefined,
  };
  await writeSeries(beginSeries(start, { times: 2, pauseMs: 0 }, FIRST, Date.now()));
  await carrySeries(hands);

  const [first, second] = begun;
  expect(first).toEqual({ id: FIRST, capture: 'tab', number: NUMBER });
  expect(second).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/), capture: 'tab', number: NUMBER });
  expect(begun).toHaveLength(2);
  const series = await readSeries();
  expect(series).toMatchObject({ end: 'complete', problem: null });
  expect(series?.runs.map(({ id, verdict }) => [id, verdict])).toEqual(begun.map(({ id }) => [id, 'match']));
});
