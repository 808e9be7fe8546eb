import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CauseCode, Owner } from '#protocol/diagnosis/cause.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Verdict } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import { hashOf, playScenario, readRun, submit, walkScenario } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

type Outcomes = [authorize: string, token: string, premiuminfo: string];
type Row = [
  scenario: string,
  clause: string,
  Verdict,
  FailureCode | null,
  CauseCode | null,
  Owner | undefined,
  Outcomes,
];

const all: Outcomes = ['passed', 'passed', 'passed'];
const atChain: Outcomes = ['failed', 'not_run', 'not_run'];
const atToken: Outcomes = ['passed', 'failed', 'not_run'];
const atInfo: Outcomes = ['passed', 'passed', 'failed'];
const notRecognised = ['off_network', 'network', atChain] as const;

const rows: Row[] = [
  ['match', 'P1', 'match', null, null, undefined, all],
  ['no-match', 'P1', 'no_match', null, 'number_differs', 'you', all],
  ['expired-code', 'TK1', 'failed', 'token.invalid_grant', 'code_not_accepted', 'operator', atToken],
  [
    'invalid-client',
    'TK2',
    'failed',
    'token.invalid_client',
    'client_credentials_wrong',
    'client_setup',
    atToken,
  ],
  ['token-503', 'TK17', 'failed', 'token.unavailable', 'operator_down', 'operator', atToken],
  [
    'bad-nonce',
    'OIDC Core 3.1.3.7 (11)',
    'failed',
    'idtoken.nonce_mismatch',
    'response_not_ours',
    'operator',
    atToken,
  ],
  ['premiuminfo-503', 'P12', 'failed', 'premiuminfo.unavailable', 'operator_down', 'operator', atInfo],
  ['premiuminfo-503-once', 'P12', 'match', null, null, undefined, all],
  [
    'result-string',
    'P2',
    'failed',
    'premiuminfo.result_not_boolean',
    'operator_breaks_protocol',
    'operator',
    atInfo,
  ],
  ['sub-mismatch', 'P4', 'failed', 'premiuminfo.sub_mismatch', 'response_not_ours', 'operator', atInfo],
  ['server-error', 'A25', 'failed', 'authorize.server_error', 'operator_down', 'operator', atChain],
  ['wifi-access-denied', 'A25', 'failed', 'authorize.access_denied', ...notRecognised],
  ['wifi-login-hint', 'A25', 'failed', 'authorize.invalid_request', ...notRecognised],
  ['user-busy', 'A25', 'failed', 'authorize.access_denied', 'operator_busy', 'operator', atChain],
  ['interaction-required', 'A26', 'failed', 'authorize.login_required', 'off_network', 'network', atChain],
];

describe('a scenario ends with its failure, its cause and its owner', () => {
  test.each(rows)('%s (%s)', async (scenario, _clause, verdict, failure, cause, owner, outcomes) => {
    const [tokenBefore, infoBefore] = [bench.operator.counters.token, bench.operator.counters.premiuminfo];
    const run = await playScenario(bench, scenario);
    expect([run.verdict, run.failure?.code ?? null, run.cause?.code ?? null]).toEqual([
      verdict,
      failure,
      cause,
    ]);
    expect(run.cause?.owner).toBe(owner);
    expect(run.legs.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(run).toMatchObject({ phase: 'ended', origin: 'simulated', scenario });
    // A leg that did not run has sent nothing.
    expect(bench.operator.counters.token - tokenBefore).toBe(outcomes[1] === 'not_run' ? 0 : 1);
    if (outcomes[2] === 'not_run') expect(bench.operator.counters.premiuminfo).toBe(infoBefore);
  });

  test('and redirect_uri is requested by nobody in any of them (PR1)', () => {
    expect(bench.operator.counters.redirectUri).toBe(0);
  });
});

test('premiuminfo-503-once is a match on the second try, and shows both (P12)', async () => {
  const run = await playScenario(bench, 'premiuminfo-503-once');
  const tries = legOf(run, 'premiuminfo').exchanges;
  expect(tries.map(({ response }) => response?.status)).toEqual([503, 200]);
});

test('two numbers that both match are both kept, each with its own verdict and mask (P15)', async () => {
  const masks = ['+44 •••• •••901', '+44 •••• •••916'];
  const runs = [];
  for (const [at, scenario] of ['match', 'premiuminfo-503-once'].entries()) {
    const number = { mask: masks[at] ?? '', country: 'GB' };
    const { created, submission } = await walkScenario(bench, scenario, { number });
    await submit(bench, created.run.id, submission);
    runs.push(created.run.id);
  }
  const read = await Promise.all(runs.map((id) => readRun(bench, id)));
  expect(read.map(({ verdict, number }) => [verdict, number?.mask])).toEqual(
    masks.map((mask) => ['match', mask]),
  );
});

test('another number than the SIM’s is a clean no (P1)', async () => {
  const { created, submission } = await walkScenario(bench, 'match');
  await submit(bench, created.run.id, { ...submission, numberHash: hashOf('+447700900999') });
  expect((await readRun(bench, created.run.id)).verdict).toBe('no_match');
});

test('a match has every mandatory check passed, and no silent gap (PR6)', async () => {
  const run = await playScenario(bench, 'match');
  const mandatory = run.legs.flatMap(({ checks }) => checks).filter(({ severity }) => severity === 'fail');
  expect(mandatory.length).toBeGreaterThan(15);
  expect(mandatory.filter(({ result }) => result === 'failed')).toEqual([]);
  const unchecked = mandatory.filter(({ result }) => result === 'not_checked');
  expect(unchecked.map(({ name, why }) => [name, why])).toEqual([
    ['iss_param', 'not_sent'],
    ['nbf', 'not_sent'],
    ['auth_time', 'no_max_age'],
  ]);
});

test('the code of one run is no use to another (RFC 6749 §10.12, PR5)', async () => {
  const a = await walkScenario(bench, 'match');
  const b = await walkScenario(bench, 'match');
  const before = bench.operator.counters.premiuminfo;
  const swapped = new URL(b.submission.callbackUrl);
  await submit(bench, a.created.run.id, { ...a.submission, callbackUrl: swapped.href });
  expect((await readRun(bench, a.created.run.id)).failure?.code).toBe('callback.state_mismatch');

  // Even with the right state, the id_token belongs to the other run.
  const c = await walkScenario(bench, 'match');
  swapped.searchParams.set('state', new URL(c.created.authorizeUrl).searchParams.get('state') ?? '');
  await submit(bench, c.created.run.id, { ...c.submission, callbackUrl: swapped.href });
  expect((await readRun(bench, c.created.run.id)).failure?.code).toBe('token.invalid_grant');
  expect(bench.operator.counters.premiuminfo).toBe(before);
});
