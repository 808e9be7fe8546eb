import { expect, test } from 'vitest';

import { daysLeft, keyAllows } from '../../../extension/runner/key-allows.ts';

const of = (scope: 'read' | 'run' | 'admin' | null) => {
  const allowed = keyAllows(scope && { label: '', scope, expiresAt: null, local: false, ownerId: 'me' });
  return [
    allowed.run,
    allowed.decide,
    allowed.change({ ownerId: 'me' }),
    allowed.change({ ownerId: 'other' }),
  ];
};

test('what a key does not allow is known, and where the backend has not said, all is tried (B1)', () => {
  expect(of('read')).toEqual([false, false, false, false]);
  expect(of('run')).toEqual([true, false, true, false]);
  expect(of('admin')).toEqual([true, true, true, true]);
  expect(of(null)).toEqual([true, true, true, true]);
});

test('a key is warned of in its last seven days', () => {
  const day = 86_400_000;
  const left = [null, 30 * day, 7 * day, 7 * day - 1, day, day - 1, -day];
  expect(left.map((at) => daysLeft(at, 0))).toEqual([null, null, null, 6, 1, 0, 0]);
});
