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

/** Who reads the record learns what broke, or what answered in place of the keys. */
const DOWN = ['operator', 'wait_and_retry', '503'];
const NO_KEYS = ['client_setup', 'check_jwks_url'];

describe('keys that cannot be fetched are no fault of the id_token, and the run says why, after one more fetch', () => {
  test.each([
    ['id-token-jwks-down', ['backend', 'run_again', 'reset: UND_ERR_SOCKET']],
    ['id-token-jwks-503', DOWN],
    ['id-token-jwks-web-page', [...NO_KEYS, '200 text/html']],
    ['id-token-jwks-no-key-set', [...NO_KEYS, '200']],
    ['id-token-jwks-redirect', [...NO_KEYS, '302']],
  ])('%s (I, RFC 7517 §5)', async (scenario, [owner, cure, said]) => {
    coolDown();
    const { run, calls } = await playCounted(bench, scenario);
    expect(run).toMatchObject({
      verdict: 'failed',
      failure: { code: 'idtoken.jwks_unread', check: 'signature', codeSpent: 'yes', retry: 'new_run' },
      cause: { code: 'keys_unread', owner, cure },
    });
    const host = new URL(run.profile.jwksUrl ?? '').hostname;
    expect(run.cause?.evidence).toMatchObject([{ at: 'check', leg: 'token', detail: `${host}: ${said}` }]);
    expect(calls).toEqual({ token: 1, premiuminfo: 0, jwks: 1 });
    // And the next token, of the usual key, is as good as before.
    expect((await playCounted(bench, 'match')).run.verdict).toBe('match');
  });
});

describe('a key that the JWKS does not give is not found, after one more fetch', () => {
  test.each([['id-token-jwks-unknown-key'], ['id-token-jwks-500-keys'], ['id-token-jwks-wrong-key-type']])(
    '%s (I, RFC 7517 §5)',
    async (scenario) => {
      coolDown();
      const { run, calls } = await playCounted(bench, scenario);
      expect([run.verdict, run.failure?.code]).toEqual(['failed', 'idtoken.key_not_found']);
      expect([run.cause?.code, run.cause?.owner, run.failure?.codeSpent]).toEqual([...BREAKS, 'yes']);
      expect(calls).toEqual({ token: 1, premiuminfo: 0, jwks: 1 });
      // And the next token, of the usual key, is as good as before.
      expect((await playCounted(bench, 'match')).run.verdict).toBe('match');
    },
  );

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
