import type { RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import type { Seed } from './fake-browser.ts';
import { moments } from './moments.ts';
import { liveDe, liveUk, simulated } from './profile-fixtures.ts';

/** Runs of all sorts as the backend keeps them: those of the popup's moments, once live and with circumstances. */
const told = ['match', 'noMatch', 'failed', 'tokenFailed', 'interrupted', 'cancelled', 'unknown'] as const;
const NOON = Date.UTC(2026, 10, 22, 12, 2, 9, 341);
const uuid = (at: number) => `0b5c1c56-9a55-4d2c-8d23-${String(at).padStart(12, '0')}`;
const stated = (value: string) => ({ value, basis: 'stated' as const, at: NOON });

const CIRCUMSTANCES: Run['conditions'][] = [
  {
    operator: stated('Vodafone UK'),
    bearer: stated('5g'),
    device: stated('Galaxy Fold'),
    place: stated('Reading'),
    browser: { value: 'Firefox 153', basis: 'observed', at: NOON },
  },
  {
    operator: stated('Vodafone UK'),
    bearer: stated('4g'),
    sharing: stated('tethered'),
    device: stated('Pixel 8'),
    place: stated('London, tram 12'),
    tags: [stated('gate 7')],
  },
  {},
  {
    bearer: stated('wifi'),
    vpn: stated('yes'),
    browser: { value: 'Chrome 153', basis: 'observed', at: NOON },
  },
];

/** The run at this place of the list. */
export function keptRun(at: number): Run {
  const name = told[at % told.length] ?? 'match';
  const { run } = moments[name] as { run: Run };
  const origin = (['live', 'simulated', 'live', 'imported', 'live'] as const)[at % 5] ?? 'live';
  return {
    ...run,
    id: uuid(at),
    origin,
    scenario: origin === 'simulated' ? run.scenario : null,
    profile: origin === 'simulated' ? simulated : at % 3 === 0 ? liveDe : liveUk,
    startedAt: NOON - at * 3_700_000,
    conditions: CIRCUMSTANCES[at % CIRCUMSTANCES.length] ?? {},
    expectation: at % 11 === 2 ? 'must_fail' : 'match',
  };
}

export const lineOf = (at: number): RunSummary => summaryOf(keptRun(at), { ...NOT_KEPT, pinned: at === 3 });

export function historySeed(count: number, more: Partial<Seed> = {}): Omit<Seed, 'messages'> {
  const lines: RunSummary[] = Array.from({ length: count }, (_, at) => lineOf(at));
  const runs = Object.fromEntries(
    Array.from({ length: Math.min(count, 12) }, (_, at) => [uuid(at), keptRun(at)]),
  );
  const causes = ['off_network', 'http_upgraded', 'operator_busy', 'number_differs'];
  const failures = ['authorize.html_page', 'token.invalid_grant'];
  return {
    local: { backend: { url: 'http://127.0.0.1:8787', key: 'test' } },
    history: { lines, runs },
    ...more,
    replies: {
      profiles: { ok: true, value: { profiles: [simulated, liveUk, liveDe] } },
      filter_choices: { ok: true, value: { causes, failures } },
      delete_run: { ok: true, value: null },
      pin_run: { ok: true, value: { pinned: true } },
      forget_number: { ok: true, value: { runs: 2 } },
      ...more.replies,
    },
  };
}

export const hashOfRun = (at: number) => `#/runs/${uuid(at)}`;
