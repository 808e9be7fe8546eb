/** Plays rows of the catalogue of bad answers through the real backend, and holds each against what it must come to. */
import { expect, test } from 'vitest';

import type { CreateRunRequest } from '#protocol/backend-api.ts';
import type { CauseCode, Owner } from '#protocol/diagnosis/cause.ts';
import type { CodeSpent, FailureCode } from '#protocol/failure-catalogue.ts';
import type { Run } from '#protocol/run.ts';

import type { Bench } from './bench.ts';
import { playScenario } from './node-walker.ts';

export type Calls = Record<'token' | 'premiuminfo' | 'jwks', number>;

export interface Played {
  run: Run;
  /** What the operator was asked for this run. */
  calls: Calls;
}

/** A whole run, with the requests that the operator counted. redirect_uri's host, which attackers' URLs name, had none. */
export async function playCounted(
  bench: Bench,
  scenario: string,
  change: Partial<CreateRunRequest> = {},
): Promise<Played> {
  const { counters } = bench.operator;
  const before = { ...counters };
  const run = await playScenario(bench, scenario, change);
  expect(counters.redirectUri, 'redirect_uri and what a redirect or jku names are requested by nobody').toBe(
    0,
  );
  const since = (name: keyof Calls) => counters[name] - before[name];
  return {
    run,
    calls: { token: since('token'), premiuminfo: since('premiuminfo'), jwks: since('jwks') },
  };
}

type Blamed = readonly [CauseCode, Owner];

/** The causes that many rows share. */
export const BREAKS: Blamed = ['operator_breaks_protocol', 'operator'];
export const NOT_OURS: Blamed = ['response_not_ours', 'operator'];
export const REFUSED: Blamed = ['request_refused', 'client_setup'];
export const NOT_ENABLED: Blamed = ['client_not_enabled', 'client_setup'];
export const DOWN: Blamed = ['operator_down', 'operator'];
export const BUSY: Blamed = ['operator_busy', 'operator'];

/** Rows that end as `failed`. The scenario, the row it plays, what must come of it. */
export type FailedRow = [scenario: string, id: string, FailureCode, Blamed, CodeSpent];

/**
 * `calls`: how often token and premiuminfo were asked. Every row also holds what is true of all: the leg of the failure
 * has failed, the legs after it have not run and so have sent nothing.
 */
export function failedRows(
  bench: () => Bench,
  rows: FailedRow[],
  calls: [token: number, info: number],
): void {
  test.each(rows)('%s is failed (%s)', async (scenario, _id, code, [cause, owner], codeSpent) => {
    const { run, calls: asked } = await playCounted(bench(), scenario);
    expect([run.verdict, run.failure?.code]).toEqual(['failed', code]);
    expect([run.cause?.code, run.cause?.owner]).toEqual([cause, owner]);
    expect(run.failure?.codeSpent).toBe(codeSpent);
    expect([asked.token, asked.premiuminfo]).toEqual(calls);
    expectOutcomes(run, 'failed');
  });
}

/** Rows after which nobody can tell: `unknown`, with the operator asked once and no more. */
export function unknownRows(bench: () => Bench, rows: [scenario: string, id: string, FailureCode][]): void {
  test.each(rows)('%s is unknown, and asked once (%s)', async (scenario, _id, code) => {
    const { run, calls } = await playCounted(bench(), scenario);
    expect([run.verdict, run.failure?.code]).toEqual(['unknown', code]);
    expect([run.cause?.code, run.cause?.owner]).toEqual(['result_unknown', 'operator']);
    const atToken = run.failure?.leg === 'token';
    expect(run.failure?.codeSpent).toBe(atToken ? 'unknown' : 'yes');
    expect([calls.token, calls.premiuminfo]).toEqual([1, atToken ? 0 : 1]);
    expectOutcomes(run, 'unknown');
  });
}

/** Rows that must not be refused: a match, with exactly these checks `warned`. */
export function takenRows(
  bench: () => Bench,
  rows: [scenario: string, id: string, warned: string[]][],
): void {
  test.each(rows)('%s is a match (%s), warned of: %j', async (scenario, _id, warned) => {
    const { run, calls } = await playCounted(bench(), scenario);
    expect([run.verdict, run.failure]).toEqual(['match', null]);
    expect([calls.token, calls.premiuminfo]).toEqual([1, 1]);
    expect(warnedOf(run)).toEqual(warned);
  });
}

export function warnedOf(run: Run): string[] {
  return run.legs
    .flatMap(({ checks }) => checks.filter(({ result }) => result === 'warned'))
    .map(({ name }) => name);
}

function expectOutcomes(run: Run, outcome: 'failed' | 'unknown'): void {
  const expected =
    run.failure?.leg === 'token' ? ['passed', outcome, 'not_run'] : ['passed', 'passed', outcome];
  expect(run.legs.map((leg) => leg.outcome)).toEqual(expected);
}
