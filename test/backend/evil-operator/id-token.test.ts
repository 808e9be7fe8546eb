import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Bench, startBench } from '../../support/bench.ts';
import {
  BREAKS,
  type FailedRow,
  failedRows,
  NOT_OURS,
  playCounted,
  takenRows,
} from '../../support/evil-rows.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({
    variants: (simulated) => [
      {
        ...simulated,
        profile: { ...simulated.profile, id: 'issuer-no-url', issuer: 'mobileconnect/issuer' },
      },
      { ...simulated, profile: { ...simulated.profile, id: 'no-jwks', jwksUrl: null } },
      { ...simulated, profile: { ...simulated.profile, id: 'no-id-token', idToken: 'optional' } },
    ],
  });
});
afterAll(() => bench.close());

const broken = (scenario: string, clause: string, code: FailedRow[2]): FailedRow => [
  `id-token-${scenario}`,
  clause,
  code,
  BREAKS,
  'yes',
];
const notOurs = (scenario: string, clause: string, code: FailedRow[2]): FailedRow => [
  `id-token-${scenario}`,
  clause,
  code,
  NOT_OURS,
  'yes',
];

describe('an id_token that is none', () => {
  failedRows(
    () => bench,
    [
      broken('missing', 'OIDC Core §3.1.3.3', 'idtoken.missing'),
      broken('empty', 'RFC 7515 §7.1', 'idtoken.malformed'),
      broken('two-parts', 'RFC 7515 §7.1', 'idtoken.malformed'),
      broken('no-json', 'RFC 7519 §7.2', 'idtoken.malformed'),
      broken('padded', 'RFC 7515 §2', 'idtoken.malformed'),
      broken('200-kb', 'I', 'idtoken.malformed'),
      broken('encrypted', 'RFC 7516 §7.1', 'idtoken.malformed'),
      broken('encrypted-rsa15', 'RFC 7516 §7.1', 'idtoken.malformed'),
    ],
    [1, 0],
  );
});

describe('an id_token whose signature or key is wrong', () => {
  failedRows(
    () => bench,
    [
      broken('signed-by-another', 'OIDC Core §3.1.3.7 (6)', 'idtoken.signature_invalid'),
      broken('signature-flipped', 'OIDC Core §3.1.3.7 (6)', 'idtoken.signature_invalid'),
      broken('signature-stripped', 'OIDC Core §3.1.3.7 (6)', 'idtoken.signature_invalid'),
      broken('kid-absent-no-key-fits', 'OIDC Core §10.1', 'idtoken.key_not_found'),
    ],
    [1, 0],
  );
});

/** 0 requests for keys, too: the bench has not fetched any before these. */
describe('an id_token of a forbidden kind causes no fetch', () => {
  test.each([
    ['id-token-alg-none', 'OIDC Core §3.1.3.7 (7)'],
    ['id-token-alg-none-mixed-case', 'RFC 8725 §2.1'],
    ['id-token-alg-array', 'RFC 7515 §4.1.1'],
    ['id-token-alg-missing', 'RFC 7515 §4.1.1'],
    ['id-token-alg-rs512', 'OIDC Core §3.1.3.7 (7)'],
    ['id-token-alg-hs256', 'OIDC Core §3.1.3.7 (8)'],
    ['id-token-alg-hs256-public-key', 'RFC 8725 §2.1'],
    ['id-token-crit', 'RFC 7515 §4.1.11'],
    ['id-token-b64-false', 'RFC 7797 §6'],
    ['id-token-embedded-key', 'RFC 8725 §3.10'],
    ['id-token-jku', 'RFC 8725 §3.10'],
    ['id-token-x5u', 'RFC 8725 §3.10'],
  ])('%s (%s)', async (scenario) => {
    const fresh = await startBench();
    const { run, calls } = await playCounted(fresh, scenario);
    await fresh.close();
    expect([run.verdict, run.failure?.code]).toEqual(['failed', 'idtoken.alg_not_allowed']);
    expect([run.cause?.code, run.cause?.owner, run.failure?.codeSpent]).toEqual([...BREAKS, 'yes']);
    expect(calls).toEqual({ token: 1, premiuminfo: 0, jwks: 0 });
  });
});

describe('an id_token that says something wrong', () => {
  failedRows(
    () => bench,
    [
      notOurs('iss-differs', 'OIDC Core §3.1.3.7 (2)', 'idtoken.iss_mismatch'),
      notOurs('iss-missing', 'OIDC Core §3.1.3.7 (2)', 'idtoken.iss_mismatch'),
      notOurs('iss-no-url', 'OIDC Core §3.1.3.7 (2)', 'idtoken.iss_mismatch'),
      notOurs('aud-differs', 'OIDC Core §3.1.3.7 (3)', 'idtoken.aud_mismatch'),
      notOurs('aud-missing', 'OIDC Core §3.1.3.7 (3)', 'idtoken.aud_mismatch'),
      notOurs('aud-with-stranger', 'OIDC Core §3.1.3.7 (3)', 'idtoken.aud_mismatch'),
      notOurs('azp-differs', 'OIDC Core §3.1.3.7 (5)', 'idtoken.azp_mismatch'),
      broken('sub-missing', 'OIDC Core §2', 'idtoken.sub_missing'),
      ['bad-nonce', 'OIDC Core §3.1.3.7 (11)', 'idtoken.nonce_mismatch', NOT_OURS, 'yes'],
      notOurs('nonce-missing', 'OIDC Core §3.1.3.7 (11)', 'idtoken.nonce_missing'),
      notOurs('nonce-other-case', 'OIDC Core §3.1.3.7 (11)', 'idtoken.nonce_mismatch'),
      broken('at-hash-differs', 'OIDC Core §3.1.3.8', 'idtoken.at_hash_mismatch'),
      broken('at-hash-number', 'OIDC Core §3.1.3.8', 'idtoken.claim_type'),
      broken('exp-past', 'OIDC Core §3.1.3.7 (9)', 'idtoken.expired'),
      broken('exp-missing', 'OIDC Core §2', 'idtoken.expired'),
      broken('exp-text', 'RFC 7519 §2', 'idtoken.claim_type'),
      broken('exp-negative', 'RFC 7519 §2', 'idtoken.claim_type'),
      broken('exp-milliseconds', 'RFC 7519 §2', 'idtoken.claim_type'),
      broken('iat-missing', 'OIDC Core §2', 'idtoken.iat_missing'),
      broken('iat-text', 'RFC 7519 §2', 'idtoken.claim_type'),
      broken('iat-ahead', 'OIDC Core §3.1.3.7 (10)', 'idtoken.not_yet_valid'),
      broken('iat-week-old', 'OIDC Core §3.1.3.7 (10)', 'idtoken.iat_too_old'),
      broken('nbf-ahead', 'RFC 7519 §4.1.5', 'idtoken.not_yet_valid'),
    ],
    [1, 0],
  );
});

describe('an id_token that only looks wrong is taken', () => {
  takenRows(
    () => bench,
    [
      ['id-token-kid-absent', 'RFC 7515 §4.1.4', []],
      ['id-token-aud-as-text', 'OIDC Core §2', []],
      ['id-token-aud-twice', 'seen at a real operator', []],
      ['id-token-at-hash-missing', 'OIDC Core §3.1.3.6', ['at_hash']],
      ['id-token-acr-lower', 'OIDC Core §3.1.3.7 (12)', ['acr']],
      ['id-token-amr-password', 'RFC 8176 §2', ['amr']],
      ['id-token-exp-within-leeway', 'OIDC Core §3.1.3.7 (9)', []],
      ['id-token-exp-fraction', 'RFC 7519 §2', []],
      ['id-token-sub-is-number', 'Mobile Connect DI R2.3', ['sub']],
    ],
  );

  test('an issuer that is no URL, where it is the configured one', async () => {
    const { run } = await playCounted(bench, 'id-token-iss-no-url', { profileId: 'issuer-no-url' });
    expect(run.verdict).toBe('match');
  });

  test('no id_token, where the profile can do without', async () => {
    const { run } = await playCounted(bench, 'id-token-missing', { profileId: 'no-id-token' });
    expect(run.verdict).toBe('match');
  });
});

test('without a JWKS no signature is believed or checked, and the record says so (I, PR6)', async () => {
  const { run, calls } = await playCounted(bench, 'id-token-signature-flipped', { profileId: 'no-jwks' });
  expect(run.verdict).toBe('match');
  expect(calls.jwks).toBe(0);
  const check = run.legs.flatMap(({ checks }) => checks).find(({ name }) => name === 'signature');
  expect(check).toMatchObject({ result: 'not_checked', why: 'no_jwks_configured' });
});

/** Two witnesses against one: the browser's clock says whose is wrong. */
describe('clocks ten minutes apart (TK29)', () => {
  test.each([
    ['id-token-clock-ahead', 'idtoken.not_yet_valid', 600],
    ['id-token-clock-behind', 'idtoken.expired', -600],
  ])('%s is the operator’s, or the backend’s where the browser agrees with the operator', async (...row) => {
    const [scenario, code, seconds] = row;
    const { run, calls } = await playCounted(bench, scenario);
    expect([run.failure?.code, run.cause?.code, run.cause?.owner]).toEqual([code, 'clock_skew', 'operator']);
    expect([calls.token, calls.premiuminfo]).toEqual([1, 0]);
    const agreed = await playCounted(bench, scenario, { startedAt: Date.now() + seconds * 1000 });
    expect([agreed.run.cause?.code, agreed.run.cause?.owner]).toEqual(['clock_skew', 'backend']);
  });
});
