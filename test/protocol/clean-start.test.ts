import { expect, test } from 'vitest';

import { cleanStartKind } from '#protocol/clean-start-kind.ts';

test('a clean start that left a cookie is called incomplete, and one that nobody recorded is nothing', () => {
  expect(cleanStartKind({ kind: 'received', removed: 2, left: 0 })).toBe('received');
  expect(cleanStartKind({ kind: 'received', removed: 2, left: 1 })).toBe('incomplete');
  expect(cleanStartKind({ kind: 'off', removed: 0, left: 0 })).toBe('off');
  expect(cleanStartKind(undefined)).toBeNull();
});
