import { expect, test } from 'vitest';

import { DEFAULT_LIMITS } from '../../protocol/profile.ts';
import { chainStage } from '../support/chain-stage.ts';

const stage = chainStage(DEFAULT_LIMITS.hopMs);

test('a hop that never answers ends 10 s after it was asked, and half a second later at most (A37)', async () => {
  const { hops } = await stage.playFault([
    'A37',
    'hop-hangs',
    'authorize.timeout_hop',
    'hop_never_answered',
    'network',
  ]);
  expect(hops.at(-1)?.durationMs).toBeGreaterThanOrEqual(10_000);
  expect(hops.at(-1)?.durationMs).toBeLessThan(10_500);
});
