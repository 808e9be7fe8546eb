import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import {
  BREAKS,
  BUSY,
  DOWN,
  failedRows,
  NOT_ENABLED,
  NOT_OURS,
  playCounted,
  REFUSED,
  takenRows,
} from '../../support/evil-rows.ts';
import { hashOf, numberOf } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

describe('a premiuminfo answer that is no result: asked once, and the token not again', () => {
  failedRows(
    () => bench,
    [
      ['result-string', 'P2', 'premiuminfo.result_not_boolean', BREAKS, 'yes'],
      ['premiuminfo-result-number', 'P2', 'premiuminfo.result_not_boolean', BREAKS, 'yes'],
      ['premiuminfo-result-null', 'P2', 'premiuminfo.result_not_boolean', BREAKS, 'yes'],
      ['premiuminfo-result-yes', 'P2', 'premiuminfo.result_not_boolean', BREAKS, 'yes'],
      ['premiuminfo-result-array', 'P2', 'premiuminfo.result_not_boolean', BREAKS, 'yes'],
      ['premiuminfo-result-missing', 'P3', 'premiuminfo.missing_result', BREAKS, 'yes'],
      ['premiuminfo-result-misspelt', 'P3', 'premiuminfo.missing_result', BREAKS, 'yes'],
      ['premiuminfo-result-nested', 'P3', 'premiuminfo.missing_result', BREAKS, 'yes'],
      ['sub-mismatch', 'P4', 'premiuminfo.sub_mismatch', NOT_OURS, 'yes'],
      ['premiuminfo-sub-null', 'P4', 'premiuminfo.sub_mismatch', NOT_OURS, 'yes'],
      ['premiuminfo-sub-array', 'P4', 'premiuminfo.sub_mismatch', NOT_OURS, 'yes'],
      ['premiuminfo-invalid-token', 'P5', 'premiuminfo.invalid_token', BREAKS, 'yes'],
      ['premiuminfo-401-wordless', 'P5', 'premiuminfo.invalid_token', BREAKS, 'yes'],
      ['premiuminfo-insufficient-scope', 'P6', 'premiuminfo.insufficient_scope', NOT_ENABLED, 'yes'],
      ['premiuminfo-403-wordless', 'P6', 'premiuminfo.insufficient_scope', NOT_ENABLED, 'yes'],
      ['premiuminfo-access-denied', 'P6', 'premiuminfo.access_denied', NOT_ENABLED, 'yes'],
      ['premiuminfo-hash-refused', 'P7', 'premiuminfo.invalid_request', REFUSED, 'yes'],
      ['premiuminfo-own-word', 'P7', 'premiuminfo.operator_error', REFUSED, 'yes'],
      ['premiuminfo-404', 'P8', 'premiuminfo.operator_error', REFUSED, 'yes'],
      ['premiuminfo-405', 'P8', 'premiuminfo.operator_error', REFUSED, 'yes'],
      ['premiuminfo-415', 'P8', 'premiuminfo.operator_error', REFUSED, 'yes'],
      ['premiuminfo-web-page', 'P9', 'premiuminfo.html_page', BREAKS, 'yes'],
      ['premiuminfo-200-with-error', 'P10, TK5', 'premiuminfo.invalid_request', REFUSED, 'yes'],
      ['premiuminfo-null', 'P10, TK8', 'premiuminfo.not_conformant', BREAKS, 'yes'],
      ['premiuminfo-array', 'P10, TK8', 'premiuminfo.not_conformant', BREAKS, 'yes'],
      ['premiuminfo-empty', 'P10, TK8', 'premiuminfo.not_json', BREAKS, 'yes'],
      ['premiuminfo-truncated', 'P10, TK8', 'premiuminfo.not_json', BREAKS, 'yes'],
      ['premiuminfo-bom', 'P10, TK8', 'premiuminfo.not_json', BREAKS, 'yes'],
      ['premiuminfo-redirect', 'P10, TK14', 'premiuminfo.redirect_refused', BREAKS, 'yes'],
      ['premiuminfo-204', 'P10, TK15', 'premiuminfo.not_conformant', BREAKS, 'yes'],
      ['premiuminfo-500', 'P10, TK17', 'premiuminfo.unavailable', DOWN, 'yes'],
      ['premiuminfo-duplicate-members', 'TK8', 'premiuminfo.not_conformant', BREAKS, 'yes'],
      ['premiuminfo-503', 'P12', 'premiuminfo.unavailable', DOWN, 'yes'],
      ['premiuminfo-429-hour', 'P11', 'premiuminfo.rate_limited', BUSY, 'yes'],
      ['premiuminfo-quotes-token', 'P16', 'premiuminfo.invalid_token', BREAKS, 'yes'],
    ],
    [1, 1],
  );
});

describe('a premiuminfo answer that only looks wrong is taken', () => {
  takenRows(
    () => bench,
    [
      ['premiuminfo-sub-missing', 'P4', ['sub']],
      ['premiuminfo-correlation-id-differs', 'Mobile Connect DI R2.3', ['correlation_id']],
    ],
  );
});

test('no-match is a result, and no failure (P1)', async () => {
  const { run, calls } = await playCounted(bench, 'no-match');
  expect([run.verdict, run.failure, run.cause?.code]).toEqual(['no_match', null, 'number_differs']);
  expect([calls.token, calls.premiuminfo]).toEqual([1, 1]);
});

test.each([
  ['premiuminfo-429-once', 'P11', 429, 2995],
  ['premiuminfo-503-once', 'P12', 503, 995],
])(
  '%s is a match on the second try, after the wait asked for (%s)',
  async (scenario, _id, status, waitMs) => {
    const { run, calls } = await playCounted(bench, scenario);
    expect(run.verdict).toBe('match');
    expect([calls.token, calls.premiuminfo]).toEqual([1, 2]);
    const [first, second] = legOf(run, 'premiuminfo').exchanges;
    expect([first?.response?.status, second?.response?.status]).toEqual([status, 200]);
    expect((second?.startedAtMs ?? 0) - (first?.startedAtMs ?? 0)).toBeGreaterThanOrEqual(waitMs);
  },
);

test('an access token and a hash that come back are in no record, stream or log (P16, PR3)', async () => {
  const { run } = await playCounted(bench, 'premiuminfo-quotes-token');
  expect(run.failure?.operatorError?.description).toMatch(/‹access_token:\d+›.*‹device_msisdn_hash:\d+›/);
  const told = JSON.stringify(run) + bench.log.join('');
  expect(told).not.toContain(hashOf(numberOf(bench, 'premiuminfo-quotes-token')));
  expect(told).not.toMatch(/Bearer [\w-]{43}/);
});
