/** What networks do to an answer: Toxiproxy's eight toxics and broken HTTP, at both endpoints; names and TLS. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import {
  BREAKS,
  type FailedRow,
  failedRows,
  playCounted,
  takenRows,
  unknownRows,
} from '../../support/evil-rows.ts';
import { readRun } from '../../support/node-walker.ts';

/** Shorter than any toxic that does not let the answer through; whatever is answered is asked with the product's own. */
const DEADLINE_MS = 1400;
let impatient: Bench;
let patient: Bench;
beforeAll(async () => {
  [impatient, patient] = await Promise.all([startBench({ deadlineMs: DEADLINE_MS }), startBench()]);
});
afterAll(() => Promise.all([impatient.close(), patient.close()]));

const refused: FailedRow[3] = ['connection_refused', 'backend'];
const brokenAt = (leg: 'token' | 'premiuminfo', spent: 'yes' | 'unknown'): FailedRow[] => [
  [`${leg}-length-too-small`, 'TK23', `${leg}.not_json`, BREAKS, spent],
  [`${leg}-length-and-chunked`, 'TK23', `${leg}.not_conformant`, BREAKS, spent],
  [`${leg}-bad-header`, 'TK23', `${leg}.not_conformant`, BREAKS, spent],
  [`${leg}-no-http`, 'TK23', `${leg}.not_conformant`, BREAKS, spent],
  [`${leg}-large-header`, 'TK24', `${leg}.too_large`, BREAKS, spent],
  [`${leg}-large-body`, 'TK25', `${leg}.too_large`, BREAKS, spent],
  // Never unpacked, so never large: what nobody asked for is not read at all.
  [`${leg}-gzip-bomb`, 'TK25', `${leg}.not_conformant`, BREAKS, spent],
];

describe('an answer that breaks HTTP, or is larger than any', () => {
  failedRows(() => patient, brokenAt('token', 'unknown'), [1, 0]);
  failedRows(() => patient, brokenAt('premiuminfo', 'yes'), [1, 1]);
});

describe.each(['token', 'premiuminfo'] as const)('an answer of %s that does not come whole (P10)', (leg) => {
  unknownRows(
    () => impatient,
    [
      [`${leg}-latency`, 'P13', `${leg}.timeout`],
      [`${leg}-hang`, 'TK20', `${leg}.timeout`],
      [`${leg}-drip`, 'TK21', `${leg}.timeout`],
    ],
  );
  unknownRows(
    () => patient,
    [
      [`${leg}-reset`, 'TK22', `${leg}.reset`],
      [`${leg}-reset-at-once`, 'TK22', `${leg}.reset`],
      [`${leg}-limit-in-head`, 'TK22', `${leg}.reset`],
      [`${leg}-limit`, 'TK22', `${leg}.reset`],
      // On the wire nothing tells it from a connection that was closed in mid-body.
      [`${leg}-length-too-large`, 'TK23', `${leg}.reset`],
    ],
  );
});

describe.each(['token', 'premiuminfo'] as const)(
  'an answer of %s that comes whole, if oddly (P10)',
  (leg) => {
    takenRows(
      () => patient,
      [
        [`${leg}-latency`, 'P13', []],
        [`${leg}-bandwidth`, 'TK21', []],
        [`${leg}-slow-close`, 'TK22', []],
        [`${leg}-slice`, 'TK22', []],
      ],
    );
  },
);

describe('an endpoint that takes no connection has seen nothing', () => {
  failedRows(() => patient, [['token-down', 'TK18', 'token.connect', refused, 'no']], [0, 0]);
  failedRows(() => patient, [['premiuminfo-down', 'P10', 'premiuminfo.connect', refused, 'yes']], [1, 0]);

  test.each(['token', 'premiuminfo'] as const)(
    '%s is tried three times, each told apart (TK18, P10)',
    async (leg) => {
      const { run } = await playCounted(patient, `${leg}-down`);
      const tries = legOf(run, leg).exchanges.map(({ sent, error }) => [sent, error?.raw]);
      expect(tries).toEqual(Array(3).fill(['no', 'ECONNREFUSED']));
    },
  );

  test.each(['token', 'premiuminfo'] as const)(
    '%s that is back in time is a match (TK18, P10)',
    async (leg) => {
      const { run, calls } = await playCounted(patient, `${leg}-down-for-a-moment`);
      expect(run.verdict).toBe('match');
      expect([calls.token, calls.premiuminfo]).toEqual([1, 1]);
      const tries = legOf(run, leg).exchanges.map(({ sent }) => sent);
      // Once or twice: a second try that had to wait for its turn may find it open.
      expect([tries.at(-1), ...new Set(tries.slice(0, -1))]).toEqual(['yes', 'no']);
    },
  );

  test('and the next run finds it open', async () => {
    await playCounted(patient, 'premiuminfo-down');
    expect((await playCounted(patient, 'match')).run.verdict).toBe('match');
  });
});

test.each(['token', 'premiuminfo'] as const)(
  'an answer of %s after the deadline changes nothing: the run stays unknown (P13)',
  async (leg) => {
    const { run } = await playCounted(impatient, `${leg}-latency`);
    expect(run).toMatchObject({ verdict: 'unknown', phase: 'ended' });
    // The operator answers a second and a half after it was asked; by now it has.
    await delay(1500 - DEADLINE_MS + 200);
    expect(await readRun(impatient, run.id)).toEqual(run);
  },
);

test('a real operator has eight seconds for its answer (TK20, R6)', async () => {
  const { run } = await playCounted(patient, 'token-hang');
  expect(run).toMatchObject({ verdict: 'unknown', failure: { code: 'token.timeout' } });
  const { durationMs } = legOf(run, 'token');
  expect(durationMs).toBeGreaterThanOrEqual(7950);
});

test('a gzip bomb costs no memory: it is not unpacked (TK25)', async () => {
  const growth: number[] = [];
  // What else the process needs comes and goes; fifty megabytes would come each time.
  for (let time = 0; time < 3; time += 1) {
    const before = process.memoryUsage().rss;
    const { run } = await playCounted(patient, 'token-gzip-bomb');
    growth.push(process.memoryUsage().rss - before);
    expect(legOf(run, 'token').exchanges).toMatchObject([{ error: { raw: 'CONTENT_ENCODING' } }]);
  }
  expect(Math.min(...growth)).toBeLessThan(16 * 1024 * 1024);
});
