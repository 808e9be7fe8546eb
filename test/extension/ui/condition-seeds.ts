import type { KeptConditions, Stated } from '../../../extension/runner/conditions.ts';
import { beginSeries, type Series, type SeriesRun } from '../../../extension/runner/repeat.ts';
import type { Seed } from './fake-browser.ts';
import { moments } from './moments.ts';
import { formSeed, runSeed, simulatedFormSeed } from './page-seeds.ts';

export const onTheRoad: Stated = {
  operator: 'Vodafone UK',
  bearer: '4g',
  sharing: 'direct',
  roaming: 'no',
  vpn: 'no',
};

/** What the form finds: stated conditions of some age, in this browser session or an earlier one. */
export function withConditions(
  seed: Omit<Seed, 'messages'>,
  stated: Stated,
  { ageMs = 60_000, held = true }: { ageMs?: number; held?: boolean } = {},
): Omit<Seed, 'messages'> {
  const conditions: KeptConditions = { stated, at: Date.now() - ageMs, connection: null };
  return {
    ...seed,
    local: { ...seed.local, conditions },
    session: { ...seed.session, conditionsHeld: held },
  };
}

const start = {
  country: 'GB',
  mask: '+44 •••• •••907',
  profileId: 'simulated-operator',
  scenario: 'match',
  expectation: 'match',
  capture: 'fetch',
} as const;

const RUNS: Omit<SeriesRun, 'id'>[] = [
  { verdict: 'match', expected: 'as_expected', durationMs: 412 },
  { verdict: 'match', expected: 'as_expected', durationMs: 388 },
  { verdict: 'failed', expected: 'not_as_expected', durationMs: 1630 },
  { verdict: 'interrupted', expected: 'inconclusive', durationMs: 95 },
];

function madeRuns(count: number): SeriesRun[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    ...(RUNS[at % RUNS.length] as Omit<SeriesRun, 'id'>),
  }));
}

export function seriesOf(times: number, made: number, known: Partial<Series> = {}): Series {
  const begun = beginSeries(start, { times, pauseMs: 2000 }, 'a-run', Date.now());
  return { ...begun, runs: madeRuns(made), ...known };
}

function seriesSeed(moment: keyof typeof moments, series: Series): Omit<Seed, 'messages'> {
  const seed = runSeed(moments[moment]);
  return { ...seed, session: { ...seed.session, series } };
}

/** Everything about conditions and series that the popup can show, by name. */
export const conditionSeeds: Record<string, Omit<Seed, 'messages'>> = {
  stated: withConditions(formSeed, onTheRoad),
  statedLong: withConditions(formSeed, {
    ...onTheRoad,
    device: 'Pixel Nine',
    place: 'Reading, platform 7',
    tags: ['tram 12', 'sunny'],
  }),
  doubtful: withConditions(formSeed, onTheRoad, { ageMs: 41 * 60_000 }),
  doubtfulWifi: withConditions(formSeed, { ...onTheRoad, bearer: 'wifi' }, { held: false }),
  mustFail: withConditions(formSeed, { ...onTheRoad, bearer: 'wifi' }),
  doubtfulSimulated: withConditions(simulatedFormSeed, onTheRoad, { ageMs: 41 * 60_000 }),
  seriesRunning: seriesSeed('walking', seriesOf(10, 7)),
  seriesPausing: seriesSeed('match', seriesOf(10, 7, { current: null, nextAt: Date.now() + 2000 })),
  seriesComplete: seriesSeed('match', seriesOf(20, 20, { current: null, end: 'complete' })),
  seriesInterrupted: seriesSeed(
    'interrupted',
    seriesOf(10, 4, {
      current: null,
      end: 'interrupted',
      problem: { code: 'backend_unreachable', detail: null },
    }),
  ),
};
