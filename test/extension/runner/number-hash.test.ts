import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { hashNumber } from '../../../extension/runner/number-hash.ts';

/** As operators publish them, over the plus sign and the digits. */
test.each([
  ['+447700900907', '01a03859d1dd000bb5f648c3e97dad6a3dae5f40b9d103769a68d316bd905559'],
  ['+44123456789', '3d84a3838599719df7deacc7fb91903bde5430a8c0e007c3eba93bce0c69c5a2'],
])('%s has the published hash (tutorial bug 24)', async (number, hash) => {
  expect(await hashNumber(number, 'plus')).toBe(hash);
});

test('a profile that says plain gets the digits alone', async () => {
  const hash = createHash('sha256').update('447700900907').digest('hex');
  expect(await hashNumber('+447700900907', 'plain')).toBe(hash);
  expect(hash).not.toBe(await hashNumber('+447700900907', 'plus'));
});

test('every number gives 64 lower-case hex digits, as another SHA-256 gives them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^\+[1-9]\d{4,14}$/), async (number) => {
      const hash = await hashNumber(number, 'plus');
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(hash).toBe(createHash('sha256').update(number).digest('hex'));
    }),
  );
});
