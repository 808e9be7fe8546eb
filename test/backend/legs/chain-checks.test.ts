import { describe, expect, test } from 'vitest';

import { failureOf } from '#protocol/failure.ts';
import type { Hop } from '#protocol/hop.ts';
import type { HostRule, Profile } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';

import { judgeChain, type WalkedChain } from '../../../backend/legs/chain/judge-chain.ts';
import { CALLBACK_END, hopOf, profileAt, runOf } from '../../support/fixtures.ts';

interface Given {
  hops?: Hop[];
  chain?: Partial<WalkedChain>;
  profile?: Partial<Profile>;
  run?: Partial<Run>;
}

/** Every check of a chain by its name. */
function checksOf({ hops = [hopOf()], chain = {}, profile = {}, run = {} }: Given) {
  const walked = { hops, chainEnd: CALLBACK_END, failure: null, ...chain };
  const judged = judgeChain(runOf(profileAt('https://api.example', profile), run), walked);
  return Object.fromEntries(judged.map(({ check }) => [check.name, check]));
}

const HE: HostRule[] = [{ pattern: 'he.example', role: 'enrichment', scheme: 'http' }];
const again = (change: Partial<Hop> = {}) => [
  hopOf({ url: 'https://a.example/x', ...change }),
  hopOf({ index: 2, url: 'https://a.example/x' }),
];

describe('the chain of a healthy run', () => {
  test('passes every check, and what nobody can tell says so', () => {
    const results = Object.values(checksOf({})).map(({ name, result, why }) => [name, why ?? result]);
    expect(Object.fromEntries(results)).toEqual({
      config: 'passed',
      number_country: 'country_not_known',
      bearer: 'browser_cannot_tell',
      hop_count: 'passed',
      chain_time: 'passed',
      loop: 'passed',
      hop_facts: 'passed',
      scheme: 'passed',
      chain_end: 'passed',
    });
  });

  test('every check has a severity and a clause', () => {
    for (const { severity, clause } of Object.values(checksOf({}))) {
      expect(['fail', 'warn', 'info']).toContain(severity);
      expect(clause).not.toBe('');
    }
  });
});

describe('a chain fails', () => {
  test('hop_count with more network hops than allowed, marks of the browser not counted (A20)', () => {
    const hops = Array.from({ length: 11 }, (_, at) =>
      hopOf({ index: at + 1, url: `https://a.example/${at}` }),
    );
    expect(checksOf({ hops }).hop_count).toMatchObject({ result: 'failed', actual: '11' });
    const ten = [...hops.slice(0, 10), hopOf({ index: 10, madeBy: 'browser', url: 'https://b.example/' })];
    expect(checksOf({ hops: ten }).hop_count?.result).toBe('passed');
  });

  test('chain_time with more time at its hops than allowed, a pause between them not counted', () => {
    const hops = [
      hopOf({ durationMs: 20_000 }),
      hopOf({ index: 2, url: 'https://b.example/', durationMs: 12_000 }),
    ];
    expect(checksOf({ hops }).chain_time?.result).toBe('failed');
    const paused = { chainEnd: { ...CALLBACK_END, atMs: 90_000 } };
    expect(checksOf({ chain: paused }).chain_time?.result).toBe('passed');
  });

  test('loop with a URL asked for twice, unless a cookie was set in between (A19)', () => {
    expect(checksOf({ hops: again() }).loop).toMatchObject({ result: 'failed', actual: 'hop 2 again' });
    expect(checksOf({ hops: again({ cookiesSet: ['seen'] }) }).loop?.result).toBe('passed');
  });

  test('chain_end anywhere but at redirect_uri, with what was there instead (A21)', () => {
    const page = { contentType: 'text/html', title: 'Enter your number', shows: [] };
    const failure = failureOf('authorize.html_page', { hop: 1 });
    const chainEnd = { kind: 'page', url: null, atMs: 40 } as const;
    const checks = checksOf({ hops: [hopOf({ status: 200, page })], chain: { chainEnd, failure } });
    expect(checks.chain_end).toMatchObject({ result: 'failed', actual: 'page: Enter your number' });
    const cut = { chainEnd: { kind: 'cancelled', url: null, atMs: 40 } as const };
    expect(checksOf({ chain: cut }).chain_end).toMatchObject({ result: 'not_checked', why: 'cut_short' });
  });
});

describe('a chain is warned of', () => {
  test('a hop the browser rewrote (A15)', () => {
    const mark = hopOf({ index: 1, madeBy: 'browser', notes: ['upgraded_by_browser'] });
    expect(checksOf({ hops: [hopOf(), mark] }).scheme).toMatchObject({ result: 'warned' });
  });

  test('an http host that was asked over https, without anyone having rewritten it', () => {
    const hops = [hopOf(), hopOf({ index: 2, url: 'https://he.example/x' })];
    expect(checksOf({ hops, profile: { hosts: HE } }).scheme).toMatchObject({
      result: 'warned',
      actual: 'hop 2: https://he.example',
    });
  });

  test('a hop of which the browser told no ip', () => {
    expect(checksOf({ hops: [hopOf({ ip: null })] }).hop_facts).toMatchObject({
      result: 'warned',
      actual: 'not of hop 1',
    });
    expect(checksOf({ hops: [] }).hop_facts?.why).toBe('no_hop_answered');
  });

  test('a number of another market, and Wi-Fi where somebody says so, never where nobody does (A44)', () => {
    const number = { mask: '+43 ••• •••', country: 'AT' };
    const bearer = { value: 'Wi-Fi', basis: 'stated', at: 1 } as const;
    const checks = checksOf({ run: { number, conditions: { bearer } } });
    expect(checks.number_country?.result).toBe('warned');
    expect(checks.bearer).toMatchObject({ result: 'warned', actual: 'Wi-Fi (stated)' });
  });

  test.each<[string, Partial<Profile>]>([
    ['scope lacks openid', { scope: 'mc_vm_match_hash' }],
    ['scope lacks mc_vm_match_hash', { scope: 'openid' }],
    ['version is empty', { version: '' }],
    ['acr_values is outside 1 to 4', { acrValues: '5' }],
    ['http://api.example/token is not https', { tokenUrl: 'http://api.example/token' }],
  ])('a profile whose %s', (fault, profile) => {
    expect(checksOf({ profile }).config).toMatchObject({ result: 'warned', actual: fault });
  });
});
