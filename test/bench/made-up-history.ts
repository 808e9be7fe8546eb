/** A history as a busy team leaves it: the same every time, spread over places, operators, outcomes and days. */
import { randomUUID } from 'node:crypto';

import { failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../../backend/store/run-store.ts';
import { hopOf, profileAt, runOf } from '../support/fixtures.ts';

const OPERATORS = ['Vodafone UK', 'EE', 'Vodafone GR', 'Cosmote', 'Telekom DE', 'Vodafone DE', 'O2'];
const PLACES = ['London', 'Athens', 'Berlin', 'Düsseldorf', 'Newbury', 'Patras', 'Manchester', 'Milan'];
const BEARERS = ['5g', '4g', '3g', 'wifi'];
const FAILURES: FailureCode[] = ['authorize.html_page', 'callback.state_mismatch', 'authorize.timeout_hop'];
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** `atOnce` writes at a time: SQLite commits many together, PostgreSQL has so many connections. */
export async function fillHistory(
  store: RunStore,
  count: number,
  atOnce: number,
  tell: (made: number) => void,
): Promise<void> {
  const template = runOf(profileAt('https://api.example'));
  for (let made = 0; made < count; made += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - made) }, (_, at) => made + at);
    await Promise.all(batch.map((number) => write(store, template, number)));
    if ((made + atOnce) % 10_000 === 0) tell(made + atOnce);
  }
}

async function write(store: RunStore, template: Run, number: number): Promise<void> {
  const startedAt = FIRST_DAY + Math.floor((number * 2_654_435_761) % (300 * DAY_MS));
  const run: Run = {
    ...template,
    id: randomUUID(),
    correlationId: randomUUID(),
    startedAt,
    localDay: new Date(startedAt).toISOString().slice(0, 10),
    conditions: {
      operator: stated(OPERATORS[number % OPERATORS.length] ?? ''),
      place: stated(number % 2000 === 0 ? 'Thessaloniki' : (PLACES[number % PLACES.length] ?? '')),
      bearer: stated(BEARERS[number % BEARERS.length] ?? ''),
      campaign: stated(`campaign ${number % 40}`),
      ...(number % 500 === 0 ? { roaming: stated('abroad') } : {}),
    },
  };
  await store.create(run, { type: 'created', sequence: 1, at: startedAt, run }, 'digest');
  await store.append(run.id, endOf(number, startedAt));
}

function endOf(number: number, at: number): RunEvent[] {
  const verdict: Verdict = number % 3 === 0 ? 'failed' : number % 7 === 0 ? 'no_match' : 'match';
  const code = number % 9999 === 0 ? 'token.dns' : (FAILURES[number % FAILURES.length] ?? 'authorize.dns');
  const hops = [1, 2, 3, 4, 5].map((index) =>
    hopOf({
      index,
      url: `https://hop-${index}.operator.example/path?one=‹value:1›&two=‹value:2›`,
      responseHeaders: Array.from({ length: 8 }, (_, header) => ({
        name: `x-header-${header}`,
        value: 'value '.repeat(6),
      })),
    }),
  );
  return [
    { type: 'chain', sequence: 2, at, hops, chainEnd: { kind: 'page', url: null, atMs: 900 } },
    {
      type: 'ended',
      sequence: 3,
      at,
      verdict,
      failure: verdict === 'failed' ? failureOf(code) : null,
      cause: null,
    },
  ];
}

const stated = (value: string) => ({ value, basis: 'stated', at: FIRST_DAY }) as const;
