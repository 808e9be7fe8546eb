import { describe, expect, test } from 'vitest';

import type { PageSign } from '#protocol/hop.ts';
import { roleOfHop } from '#protocol/hop-role.ts';
import type { HostRule } from '#protocol/profile.ts';

const EXACT: HostRule[] = [
  { pattern: 'api.operator.example', role: 'authorize', scheme: 'https' },
  { pattern: 'he.operator.example', role: 'enrichment', scheme: 'http' },
];
/** What a real market is known by before anyone has walked it: the API host, and the operator's domain. */
const DOMAIN: HostRule[] = [
  { pattern: 'api.operator.example', role: 'authorize', scheme: 'https' },
  { pattern: '*.operator.example', role: 'gateway', scheme: 'either' },
];
const role = (url: string, hosts: HostRule[], index = 2, shows: PageSign[] = []) =>
  roleOfHop({ index, url, shows }, hosts);

describe('the role of a hop', () => {
  test('the first one is the authorize request, wherever it goes', () => {
    expect(role('https://anything.example/x', [], 1)).toBe('authorize');
  });

  test('an exact host rule decides', () => {
    expect(role('https://he.operator.example/x', EXACT)).toBe('enrichment');
  });

  test('back at the authorize host on another path is the gateway', () => {
    expect(role('https://api.operator.example/mobileconnect/continue', EXACT)).toBe('gateway');
    expect(role('https://api.operator.example/deviceinitiated/v1/authorize', EXACT)).toBe('authorize');
  });

  test.each([
    [
      'http://x.operator.example/',
      'enrichment',
      'plain http, which only a network that adds the number needs',
    ],
    ['https://discovery.operator.example/', 'discovery', 'its name'],
    ['https://a.operator.example/idgw/continue', 'identity', 'its path'],
    ['https://id.operator.example/', 'identity', 'its label'],
    ['https://consent.operator.example/', 'consent', 'its name'],
    ['https://www.operator.example/', 'gateway', 'nothing more than the rule'],
    ['https://video.operator.example/', 'gateway', 'no part of a word'],
  ])('below a domain rule %s is %s, by %s', (url, expected) => {
    expect(role(url, DOMAIN)).toBe(expected);
  });

  test('a page that asks for consent makes the hop one of consent, at a stranger’s too', () => {
    expect(role('https://www.operator.example/', DOMAIN, 3, ['consent'])).toBe('consent');
    expect(role('https://stranger.example/', DOMAIN, 3, ['consent'])).toBe('consent');
  });

  test('a host that no rule knows is unknown, however it is called', () => {
    expect(role('http://he.evil.test/', DOMAIN)).toBe('unknown');
    expect(role('https://operator.example.evil.test/', DOMAIN)).toBe('unknown');
    expect(role('no url', DOMAIN)).toBe('unknown');
  });
});
