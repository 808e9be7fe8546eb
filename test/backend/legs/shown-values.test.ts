/** What a check shows of an answer is text of the operator's, and so may hold anything. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ACCESS_TOKEN, callbackUrl, type LegBench, openLegBench, SUB } from '../../support/leg-bench.ts';
import { answering } from '../../support/scripted-operator.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench.close());

const NUMBER = '+447700900123';
const clean = (run: unknown) => {
  const text = JSON.stringify(run);
  for (const secret of [NUMBER, NUMBER.slice(1), ACCESS_TOKEN]) expect(text).not.toContain(secret);
};

test('no claim shows a number, wherever it stands (PR3)', async () => {
  const said = {
    iss: NUMBER,
    aud: NUMBER,
    azp: NUMBER,
    acr: NUMBER,
    amr: [NUMBER],
    sub: NUMBER,
    exp: NUMBER,
  };
  for (const [claim, value] of Object.entries(said)) clean(await bench.play({ claims: { [claim]: value } }));
  clean(await bench.play({ claims: said }));
});

test('no member of a token answer does (PR3)', async () => {
  for (const member of [
    'token_type',
    'expires_in',
    'scope',
    'correlation_id',
    'id_token',
    'refresh_token',
    'error',
  ]) {
    clean(await bench.play({ tokenBody: { [member]: NUMBER } }));
    clean(await bench.play({ tokenBody: { [member]: ACCESS_TOKEN } }));
  }
});

test('no member of a premiuminfo answer does (PR3)', async () => {
  for (const member of ['device_msisdn_verified', 'sub', 'correlation_id', 'error']) {
    const body = { sub: SUB, device_msisdn_verified: true, [member]: NUMBER };
    clean(await bench.play({ premiuminfo: answering(200, body) }));
  }
});

test('no parameter of the redirect does (PR3)', async () => {
  for (const name of ['iss', 'correlation_id', 'error', 'state']) {
    clean(await bench.play({ callback: (values) => callbackUrl(values, { [name]: NUMBER }) }));
  }
  const twice = (values: Parameters<typeof callbackUrl>[0]) =>
    `${callbackUrl(values)}&${NUMBER}=1&${NUMBER}=2`;
  clean(await bench.play({ callback: twice }));
});

test('an answer of any depth is shown and judged, and breaks nothing (TK8, P2)', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const inToken = await bench.play({ token: answering(200, `{"access_token":${deep}}`) });
  expect(inToken.failure?.code).toBe('token.missing_access_token');
  for (const member of ['token_type', 'expires_in', 'scope', 'correlation_id', 'id_token', 'error']) {
    const healthy = '"access_token":"a","token_type":"Bearer"';
    const run = await bench.play({ token: answering(200, `{${healthy},"${member}":${deep}}`) });
    expect(run.verdict).toBe('failed');
  }
  const result = answering(200, `{"sub":"${SUB}","device_msisdn_verified":${deep}}`);
  expect((await bench.play({ premiuminfo: result })).failure?.code).toBe('premiuminfo.result_not_boolean');
});
