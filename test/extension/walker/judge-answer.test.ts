import { describe, expect, test } from 'vitest';

import { type Hop, NetErrorCode } from '#protocol/hop.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { judgeAnswer, judgeFault } from '../../../extension/walker/judge-answer.ts';
import { hopOf } from '../../support/fixtures.ts';

const HTML = { contentType: 'text/html', title: null, shows: [] };
const JSON_PAGE = { contentType: 'application/json', title: null, shows: [] };

function judge(status: number, body = '', page: Hop['page'] = null) {
  return judgeAnswer(hopOf({ index: 3, status, page }), body, createPseudonyms());
}

describe('an answer that is no redirect', () => {
  test.each([
    [302, 'missing_location', 'A4'],
    [307, 'missing_location', 'A4'],
    [429, 'rate_limited', 'A29'],
    [401, 'unexpected_status', 'A27'],
    [404, 'unexpected_status', 'A30'],
    [503, 'unexpected_status', 'A30'],
    [206, 'unexpected_status', 'A32'],
    [300, 'unexpected_status', 'A32'],
    [304, 'unexpected_status', 'A32'],
    [305, 'unexpected_status', 'A32'],
    [204, 'unexpected_status', 'A32'],
  ])('with status %i and no page is authorize.%s (%s)', (status, reason) => {
    expect(judge(status)).toMatchObject({
      kind: 'error',
      failure: { code: `authorize.${reason}`, leg: 'authorize', hop: 3 },
    });
  });

  test('is a page where it succeeds with HTML, by its type or by its title (A21, A22)', () => {
    expect(judge(200, '<form>', HTML)).toMatchObject({
      kind: 'page',
      failure: { code: 'authorize.html_page' },
    });
    const titled = { contentType: 'text/plain', title: 'Sign in', shows: [] };
    expect(judge(200, '', titled).kind).toBe('page');
    expect(judge(502, '<h1>Bad gateway</h1>', HTML).kind).toBe('error');
    expect(judge(200, 'ok', JSON_PAGE).failure.code).toBe('authorize.unexpected_status');
  });

  test('may be tried again later only after 429 (A29)', () => {
    expect(judge(429, '{"error":"slow_down"}').failure).toMatchObject({
      code: 'authorize.rate_limited',
      retry: 'after',
    });
    expect(judge(503).failure.retry).toBe('new_run');
  });
});

test('two Locations are authorize.multiple_location, and a new run may end the same (A5)', () => {
  const hop = hopOf({ index: 2, status: null, error: { code: 'multiple_location', raw: 'net::ERR_X' } });
  expect(judgeFault(hop, false).failure).toMatchObject({
    code: 'authorize.multiple_location',
    retry: 'new_run',
  });
});

describe('an error in JSON', () => {
  test('is taken in the operator’s words, whatever the status (A23, A24)', () => {
    const body = '{"error":"invalid_request","error_description":"redirect_uri is invalid"}';
    for (const status of [200, 400, 500]) {
      expect(judge(status, body, JSON_PAGE)).toMatchObject({
        kind: 'error',
        failure: {
          code: 'authorize.invalid_request',
          operatorError: { error: 'invalid_request', description: 'redirect_uri is invalid' },
        },
      });
    }
  });

  test.each(['', 'null', '[]', '"error"', '{"error":{}}', '{"error":7}', '{"error":"x"', '{}'])(
    '%j is none (A23)',
    (body) => {
      expect(judge(400, body, JSON_PAGE).failure.code).toBe('authorize.unexpected_status');
    },
  );

  test('may be a gateway’s, by code or status and message, where the status says that it is one (TK4)', () => {
    const { failure } = judge(503, '{"code":"SERVICE_UNAVAILABLE","message":"Backend is gone"}', JSON_PAGE);
    expect(failure).toMatchObject({
      code: 'authorize.operator_error',
      operatorError: { error: 'SERVICE_UNAVAILABLE', description: 'Backend is gone' },
    });
    expect(judge(200, '{"code":"x","message":"y"}', JSON_PAGE).failure.operatorError).toBeNull();
  });

  test('has a description only where that is text', () => {
    const { failure } = judge(400, '{"error":"x","error_description":{"a":1}}');
    expect(failure.operatorError).toEqual({ error: 'x', description: null });
  });

  test('is capped, without control characters, and with numbers masked (A23, C17, PR3)', () => {
    const error = `x\u202e${'e'.repeat(1000)}`;
    const description = `for +447700900907 ${'d'.repeat(1000)}`;
    const { operatorError } = judge(400, JSON.stringify({ error, error_description: description })).failure;
    expect(operatorError?.error.length).toBeLessThanOrEqual(128);
    expect(operatorError?.error).not.toContain('\u202e');
    expect(operatorError?.description?.length).toBeLessThanOrEqual(512);
    expect(operatorError?.description).not.toContain('7700900907');
  });
});

describe('a fault of transport', () => {
  const faultOf = (code: NetErrorCode, offline = false) =>
    judgeFault(hopOf({ index: 2, status: null, error: { code, raw: 'net::ERR_X' } }), offline);

  test.each<[NetErrorCode, string, string]>([
    ['dns', 'dns', 'A33'],
    ['connect', 'connect', 'A34'],
    ['reset', 'reset', 'A34'],
    ['tls', 'tls', 'A36'],
    ['timeout', 'timeout_hop', 'A37'],
    ['blocked_by_client', 'blocked_by_client', 'A42'],
    ['network_changed', 'network_changed', 'A43'],
    ['unclassified', 'network_error', 'A34'],
  ])('%s is authorize.%s (%s), safe to try again', (code, reason) => {
    expect(faultOf(code)).toMatchObject({
      kind: 'error',
      failure: { code: `authorize.${reason}`, hop: 2, retry: 'safe' },
    });
  });

  test('on a device that is offline is that, whatever it looked like (A43)', () => {
    for (const code of NetErrorCode.options)
      expect(faultOf(code, true).failure.code).toBe('authorize.offline');
  });

  test('without any event is a network error', () => {
    expect(judgeFault(hopOf({ error: null }), false).failure.code).toBe('authorize.network_error');
  });
});
