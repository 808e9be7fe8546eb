/** Carries a run through the real legs, the real store and real sockets, against an operator the test scripts. */
import { createHash } from 'node:crypto';

import type { Profile } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';

import { carryFromCallback } from '../../backend/legs/carry-run.ts';
import { type DerivedValues, deriveValues } from '../../backend/legs/derived-values.ts';
import { createKeptTokens, type KeptTokens } from '../../backend/legs/kept-tokens.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { createJwks } from '../../backend/upstream/jwks.ts';
import { createUpstream, type UpstreamOptions } from '../../backend/upstream/send.ts';
import { CALLBACK_END, profileAt, REDIRECT_URI, runOf } from './fixtures.ts';
import { createIssuer, halfHash, type Issuer } from './issuer.ts';
import { answering, type Script, type ScriptedOperator, startScriptedOperator } from './scripted-operator.ts';
import { openSealedBytes } from './sealed-bytes.ts';

export const SERVER_KEY = Buffer.alloc(32, 7);
export const SECRET = 'the-client-secret';
export const ACCESS_TOKEN = 'hIiC6ksKeD7olGcdW7-KcsKrX0kMEEm_NEtRdE2Le9k';
export const SUB = '9fe91718-b66a-4a7f-aa81-55aa0f04beb0';
/** SHA-256 of `+447700900907`. */
export const NUMBER_HASH = '01a03859d1dd000bb5f648c3e97dad6a3dae5f40b9d103769a68d316bd905559';

export interface Play {
  profile?: Partial<Profile>;
  run?: Partial<Run>;
  /** What the configuration says by the time the run is carried on; the same if left out. */
  configured?: Partial<Profile>;
  /** The redirect to redirect_uri; the healthy one if left out. */
  callback?: (values: DerivedValues) => string;
  token?: Script;
  /** Members that differ from the healthy token answer; undefined leaves one out. */
  tokenBody?: object;
  claims?: object;
  premiuminfo?: Script;
  jwks?: Script;
  /** How the upstream opens sockets, and when it gives up. */
  upstream?: Pick<UpstreamOptions, 'connect' | 'deadlineMs' | 'privateAddresses'>;
  /** The same for the keys alone, where they are fetched in another way than all else. */
  keysFrom?: Pick<UpstreamOptions, 'privateAddresses'>;
  store?: RunStore;
  /** Where access tokens wait for the hash doctor. */
  kept?: KeptTokens;
  /** What carries the run; the product's own if left out. */
  carry?: typeof carryFromCallback;
}

export interface LegBench {
  operator: ScriptedOperator;
  issuer: Issuer;
  /** Plays a run to its end and returns the record as stored. */
  play(play?: Play): Promise<Run>;
  close(): Promise<void>;
}

export async function openLegBench(): Promise<LegBench> {
  const [operator, issuer] = await Promise.all([startScriptedOperator(), createIssuer()]);
  return { operator, issuer, play: (play = {}) => carry(operator, issuer, play), close: operator.close };
}

/** A redirect that answers the run of these values. */
export function callbackUrl(values: DerivedValues, change: Record<string, string | undefined> = {}): string {
  const url = new URL(REDIRECT_URI);
  const { state, correlationId } = values;
  // A code of its own for every run: a code is unique per profile.
  const code = createHash('sha256').update(state).digest('base64url');
  const parameters = { code, state, correlation_id: correlationId, ...change };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** The claims of a healthy id_token for the run of these values. */
export function claimsFor(values: Pick<DerivedValues, 'nonce'>, change: object = {}): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: 'mobileconnect/issuer',
    sub: SUB,
    aud: 'client-1',
    azp: 'client-1',
    exp: now + 300,
    iat: now,
    nonce: values.nonce,
    at_hash: halfHash(ACCESS_TOKEN),
    acr: '2',
    amr: ['SEAM_OK'],
    ...change,
  };
}

async function carry(operator: ScriptedOperator, issuer: Issuer, play: Play): Promise<Run> {
  const profile = profileAt(operator.origin, play.profile);
  const run = runOf(profile, play.run);
  const values = deriveValues(SERVER_KEY, run.id);
  const idToken = await issuer.sign(claimsFor(values, play.claims));
  const tokens = { access_token: ACCESS_TOKEN, token_type: 'Bearer', expires_in: 300, id_token: idToken };
  const healthy = { ...tokens, correlation_id: values.correlationId };
  operator.on('/token', play.token ?? answering(200, { ...healthy, ...play.tokenBody }));
  operator.on('/jwks', play.jwks ?? answering(200, { keys: [issuer.jwk] }));
  operator.on('/premiuminfo', play.premiuminfo ?? answering(200, { sub: SUB, device_msisdn_verified: true }));

  const origins = new Set([profile.tokenUrl, profile.resource.url].map((url) => new URL(url).origin));
  const upstream = createUpstream({ origins, privateAddresses: true, ...play.upstream });
  const keysUpstream = play.keysFrom ? createUpstream({ origins, ...play.keysFrom }) : upstream;
  const keys = profile.jwksUrl ? createJwks(profile.jwksUrl, keysUpstream.send) : null;
  const store = play.store ?? createMemoryRunStore();
  const bugs: unknown[] = [];
  await store.create(run, { type: 'created', sequence: 1, at: Date.now(), run }, 'digest');
  const stored = await store.read(run.id);
  if (!stored) throw new Error('The run was not stored');
  const callback = {
    hops: [],
    chainEnd: CALLBACK_END,
    callbackUrl: (play.callback ?? callbackUrl)(values),
    numberHash: NUMBER_HASH,
  };
  const submission = { digest: 'digest', numberHmac: null };
  const { done } = (play.carry ?? carryFromCallback)(stored.run, callback, submission, {
    store,
    serverKey: SERVER_KEY,
    kept: play.kept ?? createKeptTokens(SERVER_KEY, openSealedBytes().store, Date.now),
    providerOf: () => ({
      profile: { ...profile, ...play.configured },
      clientSecret: SECRET,
      ...upstream,
      keys,
    }),
    publish: () => undefined,
    reportBug: (error) => bugs.push(error),
  });
  await done;
  await Promise.all([upstream, ...(play.keysFrom ? [keysUpstream] : [])].map((one) => one.close()));
  if (bugs.length > 0) throw bugs[0];
  return (await store.read(run.id))?.run as Run;
}
