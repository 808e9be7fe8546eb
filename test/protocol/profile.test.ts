import { describe, expect, test } from 'vitest';

import { hostMatches } from '#protocol/profile.ts';

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
});
