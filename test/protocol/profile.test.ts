import { describe, expect, test } from 'vitest';

import { type HostRule, hostMatches, roleOfHost } from '#protocol/profile.ts';

describe('a host rule', () => {
  test.each([
    ['api.example', 'api.example', true],
    ['api.example', 'www.api.example', false],
    ['*.operator.example', 'he.operator.example', true],
    ['*.operator.example', 'a.b.operator.example', true],
    ['*.operator.example', 'operator.example', true],
    ['*.operator.example', 'eviloperator.example', false],
    ['*.operator.example', 'operator.example.evil.test', false],
  ])('%s and %s: %s', (pattern, host, expected) => {
    expect(hostMatches(pattern, host)).toBe(expected);
  });

  test('gives a host its role; an exact one wins over a wildcard, and nobody’s host is unknown', () => {
    const hosts: HostRule[] = [
      { pattern: '*.operator.example', role: 'gateway', scheme: 'either' },
      { pattern: 'he.operator.example', role: 'enrichment', scheme: 'http' },
    ];
    expect(roleOfHost(hosts, 'he.operator.example')).toBe('enrichment');
    expect(roleOfHost(hosts, 'id.operator.example')).toBe('gateway');
    expect(roleOfHost(hosts, 'evil.test')).toBe('unknown');
  });
});
