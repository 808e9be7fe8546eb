import { describe, expect, test } from 'vitest';

import type { FailureCode } from '#protocol/failure-catalogue.ts';

import { judge, NONCE } from '../../../support/id-token-judge.ts';

const US = 'client-1';
const other = NONCE.replace('8d3f', '8d3e');

interface Row {
  check: string;
  name: string;
  claims: object;
}

const refused: (Row & { code: FailureCode })[] = [
  // iss
  {
    check: 'iss',
    name: 'another issuer',
    claims: { iss: 'https://evil.example' },
    code: 'idtoken.iss_mismatch',
  },
  { check: 'iss', name: 'no issuer', claims: { iss: undefined }, code: 'idtoken.iss_mismatch' },
  {
    check: 'iss',
    name: 'a slash more',
    claims: { iss: 'mobileconnect/issuer/' },
    code: 'idtoken.iss_mismatch',
  },
  {
    check: 'iss',
    name: 'an array of ours',
    claims: { iss: ['mobileconnect/issuer'] },
    code: 'idtoken.iss_mismatch',
  },
  // aud
  { check: 'aud', name: 'another client', claims: { aud: 'client-2' }, code: 'idtoken.aud_mismatch' },
  { check: 'aud', name: 'no audience', claims: { aud: undefined }, code: 'idtoken.aud_mismatch' },
  { check: 'aud', name: 'an empty array', claims: { aud: [] }, code: 'idtoken.aud_mismatch' },
  {
    check: 'aud',
    name: 'a stranger beside us',
    claims: { aud: [US, 'client-2'] },
    code: 'idtoken.aud_mismatch',
  },
  { check: 'aud', name: 'our id inside another', claims: { aud: `${US}-2` }, code: 'idtoken.aud_mismatch' },
  { check: 'aud', name: 'our id in another case', claims: { aud: 'CLIENT-1' }, code: 'idtoken.aud_mismatch' },
  { check: 'aud', name: 'an array in an array', claims: { aud: [[US]] }, code: 'idtoken.aud_mismatch' },
  { check: 'aud', name: 'a number beside us', claims: { aud: [US, 7] }, code: 'idtoken.aud_mismatch' },
  // azp
  { check: 'azp', name: 'another client', claims: { azp: 'client-2' }, code: 'idtoken.azp_mismatch' },
  { check: 'azp', name: 'null', claims: { azp: null }, code: 'idtoken.azp_mismatch' },
  // nonce
  { check: 'nonce', name: 'no nonce', claims: { nonce: undefined }, code: 'idtoken.nonce_missing' },
  { check: 'nonce', name: 'another nonce', claims: { nonce: other }, code: 'idtoken.nonce_mismatch' },
  {
    check: 'nonce',
    name: 'ours in capitals',
    claims: { nonce: NONCE.toUpperCase() },
    code: 'idtoken.nonce_mismatch',
  },
  { check: 'nonce', name: 'ours and more', claims: { nonce: `${NONCE} ` }, code: 'idtoken.nonce_mismatch' },
  { check: 'nonce', name: 'ours in an array', claims: { nonce: [NONCE] }, code: 'idtoken.nonce_mismatch' },
  { check: 'nonce', name: 'null', claims: { nonce: null }, code: 'idtoken.nonce_mismatch' },
  // sub
  { check: 'sub', name: 'no subject', claims: { sub: undefined }, code: 'idtoken.sub_missing' },
  { check: 'sub', name: 'an empty subject', claims: { sub: '' }, code: 'idtoken.sub_missing' },
  { check: 'sub', name: 'a number as subject', claims: { sub: 7 }, code: 'idtoken.sub_missing' },
  // at_hash
  {
    check: 'at_hash',
    name: 'a hash of another token',
    claims: { at_hash: 'x'.repeat(22) },
    code: 'idtoken.at_hash_mismatch',
  },
  { check: 'at_hash', name: 'a number', claims: { at_hash: 7 }, code: 'idtoken.claim_type' },
  { check: 'at_hash', name: 'null', claims: { at_hash: null }, code: 'idtoken.claim_type' },
];

const CLAUSE: Record<string, string> = {
  iss: 'OIDC Core 3.1.3.7 (2)',
  aud: 'OIDC Core 3.1.3.7 (3)',
  azp: 'OIDC Core 3.1.3.7 (5)',
  nonce: 'OIDC Core 3.1.3.7 (11)',
  sub: 'OIDC Core 2',
  at_hash: 'OIDC Core 3.1.3.8',
};

describe('a claim that is refused', () => {
  test.each(refused.map((row) => ({ ...row, clause: CLAUSE[row.check] })))(
    '$check: $name ($clause)',
    async ({ check, claims, code, clause }) => {
      const judgement = await judge({ claims });
      expect(judgement.code).toBe(code);
      expect(judgement.check(check)).toMatchObject({ result: 'failed', clause });
      // One fault is one failed check: the others are judged all the same.
      expect(judgement.checks.filter(({ result }) => result === 'failed')).toHaveLength(1);
    },
  );
});

test('every fault of a token is reported, not only the first', async () => {
  const judgement = await judge({ claims: { iss: 'x', aud: 'x', azp: 'x', exp: 0, nonce: 'x', sub: '' } });
  const failed = judgement.checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
  expect(failed).toEqual(['iss', 'aud', 'azp', 'exp', 'nonce', 'sub']);
});

test('a token for several that does not say whose it is fails twice: by aud and by azp', async () => {
  const judgement = await judge({ claims: { aud: ['client-1', 'client-2'], azp: undefined } });
  const failed = judgement.checks.filter(({ result }) => result === 'failed').map(({ name }) => name);
  expect(failed).toEqual(['aud', 'azp']);
});

test('the golden vector of at_hash (OIDC Core 3.1.3.8)', async () => {
  const judgement = await judge({
    accessToken: 'hIiC6ksKeD7olGcdW7-KcsKrX0kMEEm_NEtRdE2Le9k',
    claims: { at_hash: 'KpHZZFohEEFsmC0AobWPAQ' },
  });
  expect(judgement.check('at_hash')?.result).toBe('passed');
});

test('an absent id_token is a failure only where the profile wants one (OIDC Core 3.1.3.3)', async () => {
  expect((await judge({ raw: null })).code).toBe('idtoken.missing');
  const optional = await judge({ raw: null, profile: { idToken: 'optional' } });
  expect(optional.code).toBeNull();
  expect(optional.check('id_token')).toMatchObject({ result: 'not_checked', why: 'no_id_token' });
});
