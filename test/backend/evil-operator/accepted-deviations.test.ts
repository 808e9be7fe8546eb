/** A deviation that a profile accepts on purpose is told as a warning, and the run goes on; what binds the answer to the run never is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { FailureCode } from '#protocol/failure-catalogue.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import { BREAKS, playCounted, warnedOf } from '../../support/evil-rows.ts';

const accept = (...checks: string[]) =>
  checks.map((check) => ({ check, reason: 'Known of this operator', date: '2026-11-22' }));
const NEVER = ['state', 'nonce', 'alg', 'at_hash', 'result'];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({
    variants: (simulated) => {
      const accepting = (id: string, ...checks: string[]) => ({
        ...simulated,
        profile: { ...simulated.profile, id, accepted: accept(...checks) },
      });
      return [
        accepting('token-type', 'token.token_type'),
        accepting('iss-param', 'authorize.iss_param'),
        accepting('sub', 'token.sub', 'premiuminfo.sub', 'premiuminfo.duplicate_members'),
        accepting('exp', 'token.exp'),
        accepting('aud', 'token.aud'),
        accepting(
          'never',
          ...NEVER.flatMap((name) => ['authorize', 'token', 'premiuminfo'].map((leg) => `${leg}.${name}`)),
        ),
      ];
    },
  });
});
afterAll(() => bench.close());

describe('accepted: the check is warned, and the run goes on', () => {
  test.each([
    ['token-type', 'token-type-mac', 'TK10', 'token.bad_token_type', ['token_type']],
    ['iss-param', 'callback-iss-other', 'C10', 'callback.iss_mismatch', ['iss_param']],
    ['sub', 'id-token-sub-missing', 'OIDC Core §2', 'idtoken.sub_missing', ['sub']],
    ['exp', 'id-token-exp-past', 'OIDC Core §3.1.3.7 (9)', 'idtoken.expired', ['exp']],
    ['aud', 'id-token-aud-differs', 'OIDC Core §3.1.3.7 (3)', 'idtoken.aud_mismatch', ['aud']],
  ])('%s for %s (%s)', async (profileId, scenario, _id, code, warned) => {
    const { run } = await playCounted(bench, scenario, { profileId });
    expect([run.verdict, run.failure]).toEqual(['match', null]);
    expect(warnedOf(run)).toEqual(expect.arrayContaining(warned));
    // And without it, it is what it is.
    expect((await playCounted(bench, scenario)).run.failure?.code).toBe(code);
  });

  test.each([
    ['sub-mismatch', 'premiuminfo.sub_mismatch', 'P4'],
    ['premiuminfo-duplicate-members', 'premiuminfo.not_conformant', 'TK8'],
  ])(
    '%s is %s all the same: no deviation makes another subject or two results ours (%s)',
    async (scenario, code) => {
      expect((await playCounted(bench, scenario, { profileId: 'sub' })).run.failure?.code).toBe(code);
    },
  );

  test('one check for another is not', async () => {
    const { run } = await playCounted(bench, 'token-type-mac', { profileId: 'exp' });
    expect([run.failure?.code, run.cause?.code]).toEqual(['token.bad_token_type', BREAKS[0]]);
  });
});

describe('never accepted, whatever the profile says', () => {
  test.each<[string, string, FailureCode]>([
    ['state', 'callback-state-other', 'callback.state_mismatch'],
    ['state', 'callback-state-missing', 'callback.state_missing'],
    ['nonce', 'bad-nonce', 'idtoken.nonce_mismatch'],
    ['nonce', 'id-token-nonce-missing', 'idtoken.nonce_missing'],
    ['alg', 'id-token-alg-none', 'idtoken.alg_not_allowed'],
    ['alg', 'id-token-jku', 'idtoken.alg_not_allowed'],
    ['at_hash', 'id-token-at-hash-differs', 'idtoken.at_hash_mismatch'],
    ['result', 'result-string', 'premiuminfo.result_not_boolean'],
    ['result', 'premiuminfo-result-missing', 'premiuminfo.missing_result'],
  ])('%s: %s (PR6)', async (check, scenario, code) => {
    const { run } = await playCounted(bench, scenario, { profileId: 'never' });
    expect([run.verdict, run.failure?.code, run.failure?.check]).toEqual(['failed', code, check]);
  });
});
