import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { judge } from '../../../support/id-token-judge.ts';

const NOW = 1_795_000_000;
const LEEWAY = 60;
const times = (claims: object) => judge({ claims: { exp: NOW + 300, iat: NOW, ...claims }, now: NOW });
const seconds = fc.integer({ min: -100_000, max: 100_000 });

describe('exp (OIDC Core 3.1.3.7 (9))', () => {
  test('a token is taken until a minute after it has expired, and never later', async () => {
    const property = fc.asyncProperty(seconds, async (distance) => {
      const { code } = await times({ exp: NOW + distance });
      expect(code).toBe(distance > -LEEWAY ? null : 'idtoken.expired');
    });
    await fc.assert(property, { numRuns: 60, examples: [[-LEEWAY], [-LEEWAY + 1], [0]] });
  });

  test.each([
    ['absent', undefined, 'idtoken.expired'],
    ['a string', String(NOW + 300), 'idtoken.claim_type'],
    ['negative', -1, 'idtoken.claim_type'],
    ['after the year 9999', 253_402_300_800, 'idtoken.claim_type'],
    ['in milliseconds', (NOW + 300) * 1000, 'idtoken.claim_type'],
    ['null', null, 'idtoken.claim_type'],
    ['with a fraction, as RFC 7519 §2 allows', NOW + 300.5, null],
  ])('%s', async (_name, exp, code) => {
    expect((await times({ exp })).code).toBe(code);
  });

  test('too large for a double is no time', async () => {
    const { issuer } = await import('../../../support/id-token-judge.ts');
    const signed = await issuer.sign({ exp: 1 });
    const [header, , signature] = signed.split('.');
    const claims = Buffer.from('{"exp":1e999}').toString('base64url');
    const judgement = await judge({ raw: `${header}.${claims}.${signature}` });
    expect(judgement.check('exp')).toMatchObject({ result: 'failed' });
  });
});

describe('iat (OIDC Core 3.1.3.7 (10))', () => {
  test('a token is of this run, by the clock on the wall (K8): made at most an hour before it, at most a minute from now', async () => {
    const property = fc.asyncProperty(seconds, async (distance) => {
      const { code } = await times({ iat: NOW + distance });
      const expected =
        distance > LEEWAY ? 'idtoken.not_yet_valid' : distance < -3600 ? 'idtoken.iat_too_old' : null;
      expect(code).toBe(expected);
    });
    const examples: [number][] = [[LEEWAY], [LEEWAY + 1], [-3600], [-3601]];
    await fc.assert(property, { numRuns: 60, examples });
  });

  test('counts from when the run began, not from now', async () => {
    const judgement = await judge({
      now: NOW,
      openedAt: NOW - 500,
      claims: { exp: NOW + 9, iat: NOW - 4000 },
    });
    expect(judgement.code).toBeNull();
  });

  test.each([
    ['absent', undefined, 'idtoken.iat_missing'],
    ['a string', String(NOW), 'idtoken.claim_type'],
    ['negative', -1, 'idtoken.claim_type'],
    ['a week old', NOW - 604_800, 'idtoken.iat_too_old'],
  ])('%s', async (_name, iat, code) => {
    expect((await times({ iat })).code).toBe(code);
  });
});

describe('nbf (RFC 7519 §4.1.5)', () => {
  test('a token is not taken more than a minute before its time', async () => {
    const property = fc.asyncProperty(seconds, async (distance) => {
      const { code } = await times({ nbf: NOW + distance });
      expect(code).toBe(distance > LEEWAY ? 'idtoken.not_yet_valid' : null);
    });
    await fc.assert(property, { numRuns: 60, examples: [[LEEWAY], [LEEWAY + 1]] });
  });

  test('is not asked for, and has to be a number where it is sent', async () => {
    expect((await times({})).check('nbf')?.result).toBe('not_checked');
    expect((await times({ nbf: 'soon' })).code).toBe('idtoken.claim_type');
  });
});
