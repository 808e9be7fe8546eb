/** The 6 modules of the plan "Config RP". There is no discovery document here: a profile names issuer, endpoints and JWKS. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import { expectOutcome, freshly, modules, OIDC } from '../../support/conformance.ts';
import { playCounted } from '../../support/evil-rows.ts';

test(`${OIDC}-discovery-openid-config: no discovery document is read; the profile's endpoints and JWKS are used, and no other`, async () => {
  const played = await freshly('match');
  expectOutcome(played, 'accepted');
  expect(played.calls).toEqual({ token: 1, premiuminfo: 1, jwks: 1 });
});

test(`${OIDC}-discovery-jwks-uri-keys: the keys are those of the profile's JWKS URL`, async () => {
  const good = await freshly('match');
  const signature = legOf(good.run, 'token').checks.find(({ name }) => name === 'signature');
  expect([signature?.result, good.calls.jwks]).toEqual(['passed', 1]);
  const forged = await freshly('id-token-signed-by-another');
  expectOutcome(forged, 'idtoken.signature_invalid');
  expect(forged.calls.jwks).toBe(1);
});

test(`${OIDC}-discovery-issuer-mismatch: there is no metadata to disagree with; an id_token of another issuer than the profile's is refused`, async () => {
  const played = await freshly(
    'match',
    {
      variants: (simulated) => [
        { ...simulated, profile: { ...simulated.profile, id: 'other', issuer: 'https://other.example' } },
      ],
    },
    { profileId: 'other' },
  );
  expectOutcome(played, 'idtoken.iss_mismatch');
});

describe('with keys in memory', () => {
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

  modules(() => bench, [[`${OIDC}-idtoken-sig-none`, 'id-token-alg-none', 'idtoken.alg_not_allowed']]);

  test(`${OIDC}-signing-key-rotation: one more fetch of the JWKS, then accepted`, async () => {
    vi.setSystemTime(Date.now() + 61_000);
    const played = await playCounted(bench, 'id-token-jwks-rotated');
    expectOutcome(played, 'accepted');
    expect(played.calls.jwks).toBe(1);
  });
});

test(`${OIDC}-signing-key-rotation-just-before-signing: accepted, because keys are fetched after the token came`, async () => {
  const played = await freshly('id-token-jwks-rotated');
  expectOutcome(played, 'accepted');
  expect(played.calls.jwks).toBe(1);
});

test(`${OIDC}-signing-key-rotation-just-before-signing: refused where the keys were fetched less than a minute ago, so that no token makes us ask for ever`, async () => {
  const bench = await startBench();
  await playCounted(bench, 'match');
  const played = await playCounted(bench, 'id-token-jwks-rotated');
  await bench.close();
  expectOutcome(played, 'idtoken.key_not_found');
  expect(played.calls.jwks).toBe(0);
});
