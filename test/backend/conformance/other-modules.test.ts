/** Modules of the suite's other relying party plans that have a bad input for a client of the code flow. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { type Bench, createRequest, startBench } from '../../support/bench.ts';
import { expectOutcome, freshly, modules, OIDC } from '../../support/conformance.ts';
import { playCounted, warnedOf } from '../../support/evil-rows.ts';
import { createRun } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

modules(
  () => bench,
  [
    [`${OIDC}-missing-aud`, 'id-token-aud-missing', 'idtoken.aud_mismatch'],
    [`${OIDC}-invalid-athash`, 'id-token-at-hash-differs', 'idtoken.at_hash_mismatch'],
    [`${OIDC}-missing-athash`, 'id-token-at-hash-missing', 'accepted', '(optional in the code flow)'],
    [
      `${OIDC}-invalid-sig-hs256`,
      'id-token-alg-hs256',
      'idtoken.alg_not_allowed',
      '(no MAC is, so its signature is not looked at)',
    ],
  ],
);

test(`${OIDC}-missing-athash: Mobile Connect DI R2.3 wants it, so its absence is told`, async () => {
  expect(warnedOf((await playCounted(bench, 'id-token-at-hash-missing')).run)).toEqual(['at_hash']);
});

test(`${OIDC}-invalid-sig-es256: idtoken.signature_invalid, where the same key unbroken is accepted`, async () => {
  expectOutcome(await freshly('id-token-es256-flipped'), 'idtoken.signature_invalid');
  expectOutcome(await freshly('id-token-es256'), 'accepted');
});

test.each([`${OIDC}-userinfo-bearer-header`, `${OIDC}-userinfo-bearer-body`])(
  '%s: the access token travels in the header, and only there',
  async () => {
    const { run } = await playCounted(bench, 'match');
    const [exchange] = legOf(run, 'premiuminfo').exchanges;
    const header = exchange?.request.headers.find(({ name }) => name === 'authorization')?.value;
    expect(header).toMatch(/^Bearer ‹access_token:1›$/);
    expect([exchange?.request.body, exchange?.request.url].join()).not.toContain('access_token');
  },
);

test.each([`${OIDC}-invalid-chash`, `${OIDC}-missing-chash`])(
  '%s: not applicable, no id_token comes with the code: the response type asked for is code alone',
  async () => {
    const { authorizeUrl } = await createRun(bench, createRequest());
    expect(new URL(authorizeUrl).searchParams.getAll('response_type')).toEqual(['code']);
  },
);

test.each([`${OIDC}-refresh-token-invalid-issuer`, `${OIDC}-refresh-token-invalid-sub`])(
  '%s: not applicable, a refresh token is dropped, and told',
  async () => {
    const { run, calls } = await playCounted(bench, 'token-refresh-token');
    expect([warnedOf(run), calls.token]).toEqual([['refresh_token'], 1]);
  },
);
