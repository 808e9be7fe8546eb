/** A history as a busy team leaves it: the same every time, spread over places, operators, outcomes and days, some far more often than others. */
import { randomUUID } from 'node:crypto';

import { failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { runFrom } from '../../backend/store/database/run-columns.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { hopOf, profileAt, runOf } from '../support/fixtures.ts';

const OPERATORS = ['Vodafone UK', 'EE', 'Vodafone GR', 'Cosmote', 'Telekom DE', 'Vodafone DE', 'O2'];
const PLACES = ['London', 'Athens', 'Berlin', 'Düsseldorf', 'Newbury', 'Patras', 'Manchester', 'Milan'];
const BEARERS = ['5g', '4g', '3g', 'wifi'];
const BROWSERS = ['Chrome 141', 'Edge 141', 'Firefox 143'];
const FAILURES: FailureCode[] = ['authorize.html_page', 'callback.state_mismatch', 'authorize.timeout_hop'];
/** Combinations of conditions and day that runs are made in. */
const COMBINATIONS = 250_000;
const DAYS = 300;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** `atOnce` writes at a time: SQLite commits many together, PostgreSQL has so many connections. */
export async function fillHistory(
  store: RunStore,
  count: number,
  atOnce: number,
  tell: (made: number) => void,
): Promise<void> {
  for (let made = 0; made < count; made += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - made) }, (_, at) => madeUpRun(made + at));
    await Promise.all(
      batch.map(async ({ run, created, rest }) => {
        await store.create(run, created, 'digest');
        await store.append(runFrom([created, ...rest]), rest);
      }),
    );
    if ((made + atOnce) % 10_000 === 0) tell(made + atOnce);
  }
}

const template = runOf(profileAt('https://api.example'));
const profiles = [
  template.profile,
  ...['two', 'three', 'four'].map((id) => profileAt('https://api.example', { id })),
];

export interface MadeUpRun {
  run: Run;
  created: RunEvent;
  rest: RunEvent[];
}

export function madeUpRun(number: number): MadeUpRun {
  // The first combinations have many runs, the last one or two.
  const mixed = mix(number + 1);
  const combination = mix(Math.floor(COMBINATIONS * (mixed / 2 ** 32) ** 1.6) + 77);
  const pick = <T>(values: readonly T[], salt: number): T => {
    const share = mix(combination ^ Math.imul(salt, 0x9e3779b9)) / 2 ** 32;
    return values[Math.floor(values.length * share ** 1.5)] as T;
  };
  const day = combination % DAYS;
  const startedAt = FIRST_DAY + day * DAY_MS + (mix(mixed) % DAY_MS);
  const conditions = {
    operator: stated(pick(OPERATORS, 1)),
    place: stated(number % 2000 === 0 ? 'Thessaloniki' : pick(PLACES, 2)),
    bearer: stated(pick(BEARERS, 3)),
    campaign: stated(`campaign ${pick([...Array(40).keys()], 4)}`),
    device: stated(`device ${pick([...Array(120).keys()], 5)}`),
    browser: stated(pick(BROWSERS, 6)),
    ...(pick([true, false, false], 7) ? { vpn: stated('no') } : {}),
    ...(number % 500 === 0 ? { roaming: stated('abroad') } : {}),
  };
  const run: Run = {
    ...template,
    profile: pick(profiles, 8) as Run['profile'],
    id: randomUUID(),
    correlationId: randomUUID(),
    origin: number % 20 === 7 ? 'simulated' : 'live',
    startedAt,
    localDay: new Date(startedAt).toISOString().slice(0, 10),
    conditions,
  };
  const created: RunEvent = { type: 'created', sequence: 1, at: startedAt, run };
  return { run, created, rest: endOf(number, startedAt) };
}

function endOf(number: number, at: number): RunEvent[] {
  const verdict: Verdict =
    number % 50 === 7 ? 'cancelled' : number % 3 === 0 ? 'failed' : number % 7 === 0 ? 'no_match' : 'match';
  const code = number % 9999 === 0 ? 'token.dns' : (FAILURES[number % FAILURES.length] ?? 'authorize.dns');
  const hops = [1, 2, 3, 4, 5].map((index) =>
    hopOf({
      index,
      role: index === 1 ? 'authorize' : index < 4 ? 'gateway' : 'identity',
      durationMs: 20 + (mix(number * 8 + index) % 900),
      url: `https://hop-${index}.operator.example/path?one=‹value:1›&two=‹value:2›`,
      responseHeaders: HEADERS,
    }),
  );
  return [
    { type: 'chain', sequence: 2, at, hops, chainEnd: { kind: 'page', url: null, atMs: 900 } },
    {
      type: 'leg',
      sequence: 3,
      at,
      leg: 'authorize',
      outcome: 'passed',
      startedAtMs: 0,
      durationMs: 900 + (mix(number) % 3000),
    },
    {
      type: 'ended',
      sequence: 4,
      at,
      verdict,
      failure: verdict === 'failed' ? failureOf(code) : null,
      cause: null,
    },
  ];
}

const HEADERS = Array.from({ length: 8 }, (_, header) => ({
  name: `x-header-${header}`,
  value: 'value '.repeat(6),
}));

const stated = (value: string) => ({ value, basis: 'stated', at: FIRST_DAY }) as const;

/** Numbers in a row, spread over 32 bits (the finalizer of MurmurHash3). */
function mix(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
