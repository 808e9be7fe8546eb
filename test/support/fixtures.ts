/** Records as a test needs them: whole, valid, and different only where it says so. */
import { randomUUID } from 'node:crypto';

import { beginRun } from '#protocol/begin-run.ts';
import type { ChainEnd, Hop } from '#protocol/hop.ts';
import { Profile } from '#protocol/profile.ts';
import { Run } from '#protocol/run.ts';

export const REDIRECT_URI = 'https://app.example/callback';

export function profileAt(origin: string, change: Partial<Profile> = {}): Profile {
  return Profile.parse({
    id: 'scripted',
    name: 'Scripted operator',
    product: 'mobile-connect-number-verify',
    country: null,
    authorizeUrl: `${origin}/authorize`,
    tokenUrl: `${origin}/token`,
    resource: {
      url: `${origin}/premiuminfo`,
      requestKind: 'msisdn_hash',
      resultField: 'device_msisdn_verified',
    },
    clientId: 'client-1',
    tokenAuth: 'basic',
    tokenParams: 'body',
    pkce: true,
    scope: 'openid mc_vm_match_hash',
    acrValues: '2',
    version: 'mc_di_r2_v2.3',
    hash: 'plus',
    idToken: 'required',
    issuer: 'mobileconnect/issuer',
    jwksUrl: `${origin}/jwks`,
    redirectUri: REDIRECT_URI,
    hosts: [],
    limits: { hops: 10, hopMs: 10_000, chainMs: 30_000 },
    accepted: [],
    hashDoctor: true,
    issParameter: false,
    simulator: null,
    ...change,
  });
}

export function runOf(profile: Profile, change: Partial<Run> = {}): Run {
  const begun = beginRun({
    id: randomUUID(),
    ownerId: 'local',
    profile,
    capture: 'fetch',
    origin: 'live',
    scenario: null,
    startedAt: Date.now(),
    utcOffsetMinutes: 0,
    localDay: '2026-11-22',
    number: null,
    correlationId: randomUUID(),
    conditions: {},
    expectation: 'match',
  });
  return Run.parse({ ...begun, ...change });
}

export function hopOf(change: Partial<Hop> = {}): Hop {
  return {
    index: 1,
    madeBy: 'network',
    role: 'authorize',
    url: 'https://api.example/authorize',
    status: 302,
    ip: '127.0.0.1',
    startedAtMs: 0,
    durationMs: 20,
    location: null,
    nextUrl: null,
    requestHeaders: [],
    responseHeaders: [],
    cookiesSent: [],
    cookiesSet: [],
    notes: [],
    error: null,
    page: null,
    ...change,
  };
}

export const CALLBACK_END: ChainEnd = { kind: 'callback', url: REDIRECT_URI, atMs: 120 };
