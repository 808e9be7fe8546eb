import type { CoverageCell, CoverageCounts, CoverageReply, LatencyReply } from '#protocol/coverage-api.ts';

import type { Seed } from './fake-browser.ts';
import { liveDe, liveUk, simulated } from './profile-fixtures.ts';

/** Coverage as the backend counts it: cells of all sorts, and how long things took. */
const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;

export const NO_RUNS: CoverageCounts = {
  asExpected: 0,
  notAsExpected: 0,
  unexpectedMatch: 0,
  stoppedAt: { authorize: 0, token: 0, premiuminfo: 0 },
  interrupted: 0,
  cancelled: 0,
  unknown: 0,
  simulated: 0,
  imported: 0,
};

export function cellOf(row: string | null, column: string | null, more: Partial<CoverageCell>): CoverageCell {
  return { ...NO_RUNS, row, column, last: null, ...more };
}

type Last = NonNullable<CoverageCell['last']>;

export function lastOf(hoursAgo: number, more: Partial<Last> = {}, now = Date.now()): Last {
  return { at: now - hoursAgo * HOUR_MS, verdict: 'match', leg: null, asExpected: true, ...more };
}

const authorize = (runs: number) => ({ stoppedAt: { ...NO_RUNS.stoppedAt, authorize: runs } });
const token = (runs: number) => ({ stoppedAt: { ...NO_RUNS.stoppedAt, token: runs } });
const good = (runs: number, hoursAgo: number) => ({ asExpected: runs, last: lastOf(hoursAgo) });
const failedRightly = (runs: number, hoursAgo: number) => ({
  asExpected: runs,
  last: lastOf(hoursAgo, { verdict: 'failed', leg: 'authorize' }),
});
const failedAtOne = { verdict: 'failed', leg: 'authorize', asExpected: false } as const;

export const cells = (): CoverageCell[] => [
  cellOf('Vodafone.de', '5g', good(42, 2)),
  cellOf('Vodafone.de', '4g', {
    asExpected: 116,
    notAsExpected: 2,
    ...token(2),
    last: lastOf(1),
    simulated: 40,
  }),
  cellOf('Vodafone.de', '3g', { asExpected: 25, notAsExpected: 6, ...authorize(6), last: lastOf(50) }),
  cellOf('Vodafone.de', 'wifi', failedRightly(20, 30)),
  cellOf('Vodafone UK', '5g', { asExpected: 64, notAsExpected: 2, last: lastOf(5), interrupted: 2 }),
  cellOf('Vodafone UK', '4g', {
    asExpected: 17,
    notAsExpected: 33,
    ...authorize(29),
    last: lastOf(2, failedAtOne),
    interrupted: 1,
    imported: 3,
  }),
  cellOf('Vodafone UK', '3g', {
    asExpected: 3,
    notAsExpected: 1,
    ...authorize(1),
    last: lastOf(19 * 24, { verdict: 'no_match', asExpected: false }),
  }),
  cellOf('Vodafone UK', null, { simulated: 12 }),
  cellOf('Vodafone ES', '5g', good(23, 26)),
  cellOf('Vodafone ES', '4g', good(71, 25)),
  cellOf('Vodafone ES', '3g', good(3, 24 * 24)),
  cellOf('Vodafone ES', 'wifi', {
    asExpected: 9,
    notAsExpected: 1,
    unexpectedMatch: 1,
    last: lastOf(3, { asExpected: false }),
  }),
  cellOf(null, '4g', { asExpected: 1, last: lastOf(0) }),
];

export function replyOf(all: CoverageCell[], more: Partial<CoverageReply> = {}): CoverageReply {
  const sum = (name: Exclude<keyof CoverageCounts, 'stoppedAt'>) =>
    all.reduce((total, cell) => total + cell[name], 0);
  const names = Object.keys(NO_RUNS).filter((name) => name !== 'stoppedAt') as 'asExpected'[];
  const total = { ...NO_RUNS, ...Object.fromEntries(names.map((name) => [name, sum(name)])) };
  return { cells: all, total, leftOut: { rows: 0, columns: 0 }, ...more };
}

export const latencyReply: LatencyReply = {
  runs: 410,
  legs: [
    { leg: 'authorize', count: 410, p50Ms: 287, p95Ms: 741 },
    { leg: 'token', count: 380, p50Ms: 121, p95Ms: 362 },
    { leg: 'premiuminfo', count: 371, p50Ms: 96, p95Ms: 288 },
  ],
  roles: [
    { role: 'authorize', count: 412, p50Ms: 38, p95Ms: 97 },
    { role: 'discovery', count: 398, p50Ms: 41, p95Ms: 102 },
    { role: 'enrichment', count: 396, p50Ms: 121, p95Ms: 402 },
    { role: 'identity', count: 7, p50Ms: 64, p95Ms: 90 },
  ],
};

const ok = (value: unknown) => ({ ok: true, value });
export const unreachable = { ok: false, problem: { code: 'backend_unreachable', detail: 'x' } };

export function coverageSeed(
  reply: CoverageReply = replyOf(cells()),
  replies: Record<string, unknown> = {},
): Omit<Seed, 'messages'> {
  return {
    local: { backend: { url: 'http://127.0.0.1:8787', key: 'test' } },
    history: { lines: [], runs: {} },
    replies: {
      profiles: ok({ profiles: [simulated, liveUk, liveDe] }),
      filter_choices: ok({ causes: [], failures: [] }),
      coverage: ok(reply),
      latency: ok(latencyReply),
      campaigns: ok({ kept: [] }),
      ...replies,
    },
  };
}
