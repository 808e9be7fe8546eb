import type { RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';
import { type Keeping, NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import type { Seed } from './fake-browser.ts';
import { hopOf, hops, urls } from './hop-fixtures.ts';
import { moments } from './moments.ts';
import { liveDe, liveUk, simulated } from './profile-fixtures.ts';
import { runOf } from './run-fixtures.ts';

/** Runs of one profile as the backend keeps them, one of which is its reference. */
const NOON = Date.UTC(2026, 10, 22, 12, 2, 9, 341);
export const idOf = (at: number) => `0b5c1c56-9a55-4d2c-8d23-${String(at).padStart(12, '0')}`;
const stated = (value: string) => ({ value, basis: 'stated' as const, at: NOON });
const observed = (value: string) => ({ value, basis: 'observed' as const, at: NOON });

const live = { origin: 'live', scenario: null, profile: liveUk } as const;

export const reference: Run = runOf({
  ...live,
  id: idOf(1),
  startedAt: NOON - 19 * 86_400_000,
  conditions: {
    operator: stated('Vodafone UK'),
    bearer: stated('4g'),
    device: stated('Pixel 8'),
    browser: observed('Chrome 153'),
    place: stated('Reading'),
  },
});

/** Left the good way at its third hop: the browser made https of what has to be http. */
export const measured: Run = {
  ...moments.failed.run,
  id: idOf(2),
  startedAt: NOON,
  conditions: {
    operator: stated('Vodafone UK'),
    bearer: stated('5g'),
    device: stated('Pixel 8'),
    browser: observed('Firefox 153'),
    place: stated('London, tram 12'),
    tags: [stated('gate 7')],
  },
};

/** As good as the reference, with one hop more and one that was slow. */
export const detour: Run = runOf({
  ...live,
  id: idOf(3),
  startedAt: NOON - 86_400_000,
  conditions: reference.conditions,
  hops: [
    ...hops.slice(0, 3),
    hopOf(4, { url: 'https://detour.example/x', notes: ['unknown_host'], nextUrl: urls.identity }),
    ...hops.slice(3).map((hop) => ({ ...hop, index: hop.index + 1, durationMs: 1900 })),
  ],
});

export const other = (at: number, change: Partial<Run> = {}): Run =>
  runOf({ ...live, id: idOf(at), startedAt: NOON - at * 3_600_000, ...change });

export const simulatedRun = runOf({ id: idOf(4), startedAt: NOON - 60_000, profile: simulated });
export const germanRun = other(5, { profile: liveDe });

const ok = (value: unknown) => ({ ok: true, value });

/** What the pages find where these runs are kept, the newest first. */
export function compareSeed(
  kept: readonly Run[],
  known: { reference?: Run | null; lines?: Record<string, Partial<Keeping>> } & Partial<Seed> = {},
): Omit<Seed, 'messages'> {
  const { reference: pinned = null, lines: beside = {}, ...more } = known;
  const lines: RunSummary[] = kept
    .map((run) => summaryOf(run, { ...NOT_KEPT, reference: run.id === pinned?.id, ...beside[run.id] }))
    .toSorted((one, next) => next.startedAt - one.startedAt);
  return {
    local: { backend: { url: 'http://127.0.0.1:8787', key: 'test' } },
    history: { lines, runs: Object.fromEntries(kept.map((run) => [run.id, run])) },
    ...more,
    replies: {
      profiles: ok({ profiles: [simulated, liveUk, liveDe] }),
      filter_choices: ok({ causes: [], failures: [] }),
      read_reference: ok({ run: pinned }),
      set_reference: ok({ reference: true }),
      ...more.replies,
    },
  };
}

export const compareHash = (run: Run, against?: Run) =>
  `#/compare/${run.id}${against ? `/${against.id}` : ''}`;
