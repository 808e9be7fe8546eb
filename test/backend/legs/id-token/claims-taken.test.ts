import { describe, expect, test } from 'vitest';

import type { Check } from '#protocol/check.ts';
import type { Profile } from '#protocol/profile.ts';

import { judge } from '../../../support/id-token-judge.ts';

const US = 'client-1';

interface Row {
  check: string;
  name: string;
  claims: object;
  profile?: Partial<Profile>;
  result: Check['result'];
}

const taken: Row[] = [
  { check: 'iss', name: 'an issuer that is no URL', claims: {}, result: 'passed' },
  {
    check: 'iss',
    name: 'any issuer where none is configured',
    claims: { iss: 'x' },
    profile: { issuer: null },
    result: 'not_checked',
  },
  { check: 'aud', name: 'our id alone', claims: { aud: US }, result: 'passed' },
  { check: 'aud', name: 'our id in an array', claims: { aud: [US] }, result: 'passed' },
  {
    check: 'aud',
    name: 'our id twice, as a real operator sends it',
    claims: { aud: [US, US] },
    result: 'passed',
  },
  { check: 'azp', name: 'our id', claims: { azp: US }, result: 'passed' },
  { check: 'azp', name: 'none', claims: { azp: undefined }, result: 'not_checked' },
  { check: 'nonce', name: 'ours', claims: {}, result: 'passed' },
  {
    check: 'sub',
    name: 'a phone number as subject, with a warning',
    claims: { sub: '+447700900907' },
    result: 'warned',
  },
  {
    check: 'at_hash',
    name: 'none, with a warning in Mobile Connect DI',
    claims: { at_hash: undefined },
    result: 'warned',
  },
  {
    check: 'at_hash',
    name: 'none in plain OIDC',
    claims: { at_hash: undefined },
    profile: { version: null },
    result: 'not_checked',
  },
  { check: 'acr', name: 'the one asked for', claims: { acr: '2' }, result: 'passed' },
  { check: 'acr', name: 'a number', claims: { acr: 2 }, result: 'warned' },
  { check: 'acr', name: 'another one, with a warning', claims: { acr: '1' }, result: 'warned' },
  { check: 'acr', name: 'none, with a warning', claims: { acr: undefined }, result: 'warned' },
  {
    check: 'acr',
    name: 'any where none was asked for',
    claims: { acr: '9' },
    profile: { acrValues: null },
    result: 'not_checked',
  },
  {
    check: 'acr',
    name: 'the second of two asked for',
    claims: { acr: '3' },
    profile: { acrValues: '2 3' },
    result: 'passed',
  },
  { check: 'amr', name: 'SEAM_OK', claims: { amr: ['SEAM_OK'] }, result: 'passed' },
  { check: 'amr', name: 'a bare string', claims: { amr: 'SEAM_OK' }, result: 'passed' },
  { check: 'amr', name: 'none, with a warning', claims: { amr: undefined }, result: 'warned' },
  { check: 'amr', name: 'a PIN, with a warning', claims: { amr: ['SIM_PIN'] }, result: 'warned' },
  { check: 'amr', name: 'a message, with a warning', claims: { amr: ['SMS_OTP'] }, result: 'warned' },
  {
    check: 'auth_time',
    name: 'any, because no max_age was asked for',
    claims: { auth_time: 1 },
    result: 'not_checked',
  },
];

const CLAUSE: Record<string, string> = {
  iss: 'OIDC Core 3.1.3.7 (2)',
  aud: 'OIDC Core 3.1.3.7 (3)',
  azp: 'OIDC Core 3.1.3.7 (5)',
  nonce: 'OIDC Core 3.1.3.7 (11)',
  sub: 'OIDC Core 2',
  at_hash: 'OIDC Core 3.1.3.8',
  acr: 'OIDC Core 3.1.3.7 (12)',
  amr: 'RFC 8176 §2',
  auth_time: 'OIDC Core 3.1.3.7 (13)',
};

describe('a claim that is taken', () => {
  test.each(taken.map((row) => ({ ...row, clause: CLAUSE[row.check] })))(
    '$check: $name ($clause)',
    async ({ check, claims, profile, result, clause }) => {
      const judgement = await judge({ claims, ...(profile ? { profile } : {}) });
      expect(judgement.code).toBeNull();
      expect(judgement.check(check)).toMatchObject({ result, clause });
    },
  );
});

describe('accepted deviations', () => {
  const accepted = (check: string) => ({
    accepted: [{ check: `token.${check}`, reason: 'known', date: '2026-11-22' }],
  });

  test('turn the failure they name into a warning', async () => {
    const judgement = await judge({ claims: { aud: 'client-2' }, profile: accepted('aud') });
    expect(judgement.code).toBeNull();
    expect(judgement.check('aud')?.result).toBe('warned');
  });

  test.each([
    ['nonce', { claims: { nonce: 'x' } }],
    ['at_hash', { claims: { at_hash: 'x' } }],
    ['alg', { header: { jku: 'https://evil.example' } }],
  ])('never reach %s', async (check, judging) => {
    const judgement = await judge({ ...judging, profile: accepted(check) });
    expect(judgement.check(check)?.result).toBe('failed');
  });
});
