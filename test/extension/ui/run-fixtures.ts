import type { Check } from '#protocol/check.ts';
import type { Exchange, Leg } from '#protocol/leg.ts';
import type { Run } from '#protocol/run.ts';

import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { hops, trace, urls } from './hop-fixtures.ts';
import { simulated } from './profile-fixtures.ts';

/** Runs as the background writes them, redacted, for tests of what a person sees. */
export function checkOf(name: string, known: Partial<Check> = {}): Check {
  return {
    name,
    result: 'passed',
    severity: 'fail',
    clause: 'OIDC Core 3.1.3.7',
    expected: null,
    actual: null,
    why: null,
    ...known,
  };
}

const tokenExchange: Exchange = {
  request: {
    method: 'POST',
    url: 'https://api.operator.test/deviceinitiated/v1/token',
    headers: [
      { name: 'Authorization', value: 'Basic ‹basic:1›' },
      { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
    ],
    body: 'grant_type=authorization_code&code=‹code:1›&redirect_uri=https://app.relying-party.test/callback',
  },
  response: {
    status: 200,
    headers: [{ name: 'Content-Type', value: 'application/json' }, trace('9f2c41d0-77af')],
    body: '{"access_token":"‹access_token:1›","token_type":"Bearer","expires_in":300,"id_token":"‹jwt:1›","correlation_id":"7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa"}',
  },
  error: null,
  sent: 'yes',
  startedAtMs: 290,
  durationMs: 116,
};

const infoExchange: Exchange = {
  ...tokenExchange,
  request: {
    method: 'POST',
    url: 'https://api.operator.test/premiuminfo/v1',
    headers: [
      { name: 'Authorization', value: 'Bearer ‹access_token:1›' },
      { name: 'Content-Type', value: 'application/json' },
    ],
    body: '{"mc_claims":{"device_msisdn_hash":"‹number_hash:1›"}}',
  },
  response: {
    status: 200,
    headers: [{ name: 'Content-Type', value: 'application/json' }, trace('9f2c41d0-77b0')],
    body: '{"sub":"‹sub:1›","device_msisdn_verified":true}',
  },
  startedAtMs: 408,
  durationMs: 61,
};

export const authorizeLeg: Leg = {
  name: 'authorize',
  outcome: 'passed',
  startedAtMs: 0,
  durationMs: 287,
  exchanges: [],
  checks: [
    checkOf('state', { clause: 'RFC 6749 §10.12' }),
    checkOf('redirect_uri', { clause: 'RFC 6749 §3.1.2' }),
    checkOf('code', { clause: 'RFC 6749 §4.1.2' }),
    checkOf('correlation_id', { clause: 'MC DI R2.3', severity: 'warn' }),
  ],
};

export const tokenLeg: Leg = {
  name: 'token',
  outcome: 'passed',
  startedAtMs: 289,
  durationMs: 118,
  exchanges: [tokenExchange],
  checks: [
    ...[
      'http_status',
      'content_type',
      'token_type',
      'access_token',
      'structure',
      'alg',
      'signature',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'at_hash',
    ].map((name) => checkOf(name)),
    checkOf('amr', { severity: 'warn', actual: 'SEAM_OK' }),
    checkOf('auth_time', { result: 'not_checked', why: 'no_max_age' }),
  ],
};

export const infoLeg: Leg = {
  name: 'premiuminfo',
  outcome: 'passed',
  startedAtMs: 407,
  durationMs: 64,
  exchanges: [infoExchange],
  checks: [checkOf('http_status'), checkOf('result', { clause: 'MC premiuminfo' }), checkOf('sub')],
};

export const waiting = (leg: Leg): Leg => ({
  ...leg,
  outcome: 'waiting',
  startedAtMs: null,
  durationMs: null,
  exchanges: [],
  checks: [],
});
export const notRun = (leg: Leg): Leg => ({ ...waiting(leg), outcome: 'not_run' });

export function runOf(known: Partial<Run> = {}): Run {
  return {
    schemaVersion: 1,
    id: '2f1f6e0e-97a2-4f6c-8f3e-6b2a3f4d5e6f',
    ownerId: 'device-1',
    profile: simulated,
    capture: 'fetch',
    origin: 'simulated',
    scenario: 'match',
    startedAt: Date.UTC(2026, 10, 22, 13, 55, 2, 41),
    utcOffsetMinutes: 60,
    localDay: '2026-11-22',
    number: { mask: '+44 •••• •••907', country: 'GB' },
    correlationId: '7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa',
    conditions: {},
    expectation: 'match',
    phase: 'ended',
    hops,
    chainEnd: { kind: 'callback', url: urls.callback, atMs: 287 },
    legs: [authorizeLeg, tokenLeg, infoLeg],
    failure: null,
    cause: null,
    verdict: 'match',
    hashDoctor: null,
    endedAt: Date.UTC(2026, 10, 22, 13, 55, 2, 512),
    events: [],
    ...known,
  };
}

export function savedOf(run: Run, known: Partial<SavedRun> = {}): SavedRun {
  return { stage: 'done', run, liveHop: null, waitingFor: null, notSaved: null, ...known };
}
