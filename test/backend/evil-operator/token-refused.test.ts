import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { type Bench, OPERATOR_CLIENT, startBench } from '../../support/bench.ts';
import {
  BREAKS,
  BUSY,
  DOWN,
  type FailedRow,
  failedRows,
  NOT_ENABLED,
  playCounted,
  REFUSED,
} from '../../support/evil-rows.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const notAccepted: FailedRow[3] = ['code_not_accepted', 'operator'];
const credentials: FailedRow[3] = ['client_credentials_wrong', 'client_setup'];

describe('a token endpoint that refuses: the code is sent once, premiuminfo is not asked', () => {
  failedRows(
    () => bench,
    [
      ['expired-code', 'TK1', 'token.invalid_grant', notAccepted, 'yes'],
      ['token-code-used', 'TK1', 'token.invalid_grant', notAccepted, 'yes'],
      ['token-code-of-other-redirect-uri', 'TK1', 'token.invalid_grant', notAccepted, 'yes'],
      ['invalid-client', 'TK2', 'token.invalid_client', credentials, 'no'],
      ['token-invalid-client-400', 'TK2', 'token.invalid_client', credentials, 'no'],
      ['token-401-wordless', 'TK2', 'token.invalid_client', credentials, 'no'],
      ['token-quotes-credentials', 'TK2', 'token.invalid_client', credentials, 'no'],
      ['token-invalid-request', 'TK3', 'token.invalid_request', REFUSED, 'unknown'],
      ['token-unauthorized-client', 'TK3', 'token.unauthorized_client', NOT_ENABLED, 'no'],
      ['token-unsupported-grant-type', 'TK3', 'token.unsupported_grant_type', REFUSED, 'no'],
      ['token-invalid-scope', 'TK3', 'token.invalid_scope', REFUSED, 'unknown'],
      ['token-access-denied', 'TK3', 'token.access_denied', REFUSED, 'unknown'],
      ['token-own-word', 'TK3', 'token.operator_error', REFUSED, 'unknown'],
      ['token-envelope-of-three', 'TK4', 'token.operator_error', REFUSED, 'unknown'],
      ['token-envelope-of-two', 'TK4', 'token.operator_error', REFUSED, 'unknown'],
      ['token-200-with-error', 'TK5', 'token.invalid_request', REFUSED, 'unknown'],
      ['token-redirect-302', 'TK14', 'token.redirect_refused', BREAKS, 'unknown'],
      ['token-redirect-307', 'TK14', 'token.redirect_refused', BREAKS, 'unknown'],
      ['token-201', 'TK15', 'token.not_conformant', BREAKS, 'unknown'],
      ['token-204', 'TK15', 'token.not_conformant', BREAKS, 'unknown'],
      ['token-418', 'TK15', 'token.not_conformant', BREAKS, 'unknown'],
      ['token-404', 'TK3, wordless', 'token.operator_error', REFUSED, 'unknown'],
      ['token-429', 'TK16', 'token.rate_limited', BUSY, 'no'],
      ['token-500', 'TK17', 'token.unavailable', DOWN, 'unknown'],
      ['token-502', 'TK17', 'token.unavailable', DOWN, 'unknown'],
      ['token-503', 'TK17', 'token.unavailable', DOWN, 'unknown'],
      ['token-504', 'TK17', 'token.unavailable', DOWN, 'unknown'],
    ],
    [1, 0],
  );
});

test.each([
  ['token-own-word', { error: 'E_4711', description: 'In the operator’s own words' }],
  ['token-envelope-of-three', { error: 'POL0001', description: 'Policy error' }],
  ['token-envelope-of-two', { error: 'POL0001', description: 'Policy error' }],
])('%s is quoted word for word (TK3, TK4)', async (scenario, operatorError) => {
  expect((await playCounted(bench, scenario)).run.failure?.operatorError).toEqual(operatorError);
});

test('an operator that quotes our credentials puts them into no record, stream or log (TK2, PR2)', async () => {
  const { run } = await playCounted(bench, 'token-quotes-credentials');
  const { id, secret } = OPERATOR_CLIENT;
  const encoded = new URLSearchParams({ '': secret }).toString().slice(1);
  const basic = Buffer.from(`${id}:${encoded}`).toString('base64');
  const told = JSON.stringify(run) + bench.log.join('');
  for (const one of [secret, encoded, basic]) expect(told).not.toContain(one);
  // It did quote them, and what it said is shown, with pseudonyms in their place.
  expect(run.failure?.operatorError?.description).toContain('‹');
  expect(legOf(run, 'token').exchanges).toHaveLength(1);
});
