/** One key set for all, remembered by the backend: each fault is met with a known set in memory, a minute after it was fetched. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { type Bench, startBench } from '../../support/bench.ts';
import { BREAKS, playCounted } from '../../support/evil-rows.ts';

let bench: Bench;
beforeAll(async () => {
  // The clock of backend and operator alike; timers and sockets keep the real one.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  bench = await startBench();
  expect((await playCounted(bench, 'match')).calls.jwks).toBe(1);
});
afterAll(async () => {
  await bench.close();
  vi.useRealTimers();
});

/** Past the minute within which the same JWKS is not asked again. */
const coolDown = () => void vi.setSystemTime(Date.now() + 61_000);

describe('a key that the JWKS does not give is not found, after one more fetch', () => {
  test.each([
    ['id-token-jwks-unknown-key'],
    ['id-token-jwks-down'],
    ['id-token-jwks-503'],
    ['id-token-jwks-web-page'],
    ['id-token-jwks-no-key-set'],
    ['id-token-jwks-redirect'],
    ['id-token-jwks-500-keys'],
    ['id-token-jwks-wrong-key-type'],
  ])('%s (I, RFC 7517 §5)', async (scenario) => {
    coolDown();
    const { run, calls } = await playCounted(bench, scenario);
    expect([run.verdict, run.failure?.code]).toEqual(['failed', 'idtoken.key_not_found']);
    expect([run.cause?.code, run.cause?.owner, run.failure?.codeSpent]).toEqual([...BREAKS, 'yes']);
    expect(calls).toEqual({ token: 1, premiuminfo: 0, jwks: 1 });
    // And the next token, of the usual key, is as good as before.
    expect((await playCounted(bench, 'match')).run.verdict).toBe('match');
  });

  test('and for a minute after that, without another one (I)', async () => {
    coolDown();
    expect((await playCounted(bench, 'id-token-jwks-unknown-key')).calls.jwks).toBe(1);
    const again = await playCounted(bench, 'id-token-jwks-unknown-key');
    expect([again.run.failure?.code, again.calls.jwks]).toEqual(['idtoken.key_not_found', 0]);
  });
});

test('a new key is fetched once, then known: id-token-jwks-rotated (I)', async () => {
  coolDown();
  const first = await playCounted(bench, 'id-token-jwks-rotated');
  expect([first.run.verdict, first.calls.jwks]).toEqual(['match', 1]);
  const second = await playCounted(bench, 'id-token-jwks-rotated');
  expect([second.run.verdict, second.calls.jwks]).toEqual(['match', 0]);
});
