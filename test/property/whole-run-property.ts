import fc from 'fast-check';
import { exportJWK, generateKeyPair } from 'jose';

import { FAILURES } from '#protocol/failure-catalogue.ts';
import { Run } from '#protocol/run.ts';

import type { carryFromCallback } from '../../backend/legs/carry-run.ts';
import { type DerivedValues, deriveValues } from '../../backend/legs/derived-values.ts';
import { REDIRECT_URI } from '../support/fixtures.ts';
import { halfHash } from '../support/issuer.ts';
import {
  ACCESS_TOKEN,
  callbackUrl,
  claimsFor,
  type LegBench,
  NUMBER_HASH,
  SECRET,
  SERVER_KEY,
  SUB,
} from '../support/leg-bench.ts';
import { answering, raw, type Script } from '../support/scripted-operator.ts';
import { anyMember, anyText, mutated } from './fuzz.ts';
import { claimsBind } from './id-token-property.ts';

type Members = Record<string, unknown>;
const { publicKey } = await generateKeyPair('RS256', { extractable: true });
const foreignKey = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };

/** What the operator does at one endpoint: a healthy answer with some members changed, or something else altogether. */
interface Answer {
  status: number;
  members: Members;
  instead: Script | null;
}

const reset: Script = (_asked, response) => void response.socket?.destroy();
const broken: fc.Arbitrary<Script> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(reset) },
  anyText.map((text) => raw(text || '\n')),
  anyText.map((text) => answering(200, text)),
  fc.constantFrom(
    raw('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{'),
    raw('HTTP/1.1 302 Found\r\nlocation: https://evil.example/\r\ncontent-length: 0\r\n\r\n'),
    answering(200, '{"access_token":"'),
    answering(200, '<html><title>Log in</title>'),
    answering(503, { error: 'temporarily_unavailable' }),
    answering(429, {}),
  ),
);

function endpoint(wrong: Record<string, fc.Arbitrary<unknown>>, ...usual: Members[]): fc.Arbitrary<Answer> {
  return fc.record({
    status: fc.oneof(
      { weight: 12, arbitrary: fc.constant(200) },
      fc.constantFrom(201, 302, 400, 401, 403, 418, 500),
    ),
    members: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom<Members>({}, {}, ...usual) },
      mutated(fc.constant({}), wrong),
    ),
    instead: fc.oneof({ weight: 8, arbitrary: fc.constant<Script | null>(null) }, broken),
  });
}

const parameter = (name: string, ...values: string[]) =>
  fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...values), anyText));
const callback = fc.record({
  place: fc.oneof(
    { weight: 12, arbitrary: fc.constant(REDIRECT_URI) },
    fc.constantFrom(`${REDIRECT_URI}.evil.example`, `${REDIRECT_URI}/more`),
  ),
  changed: fc.array(
    fc.oneof(
      parameter('state', 'another-state-of-another-run', ''),
      parameter('code', '', 'x'.repeat(3000)),
      parameter('iss', 'mobileconnect/issuer', 'https://evil.example'),
      parameter('error', 'access_denied'),
      parameter('extra', SECRET),
    ),
    { maxLength: 1 },
  ),
});

/** One claim wrong at a time: what a missing check lets through is not hidden by what another one finds. */
const oneClaim = fc.constantFrom<Members>(
  {},
  {},
  {},
  { nonce: 'another-nonce-of-another-run' },
  { aud: 'client-2' },
  { aud: ['client-1', 'client-2'] },
  { exp: 1_700_000_000 },
  { at_hash: halfHash('another token') },
  { iss: 'https://evil.example' },
  { sub: '' },
  { azp: 'client-2' },
);

export const anyPlay = fc.record({
  callback: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ place: REDIRECT_URI, changed: [] as [string, string][] }) },
    callback,
  ),
  claims: fc.oneof(
    { weight: 3, arbitrary: oneClaim },
    mutated(fc.constant({}), { nonce: anyMember, sub: anyMember, at_hash: anyMember, amr: anyMember }),
  ),
  keys: fc.oneof({ weight: 8, arbitrary: fc.constant('own') }, fc.constantFrom('foreign', 'none', 'broken')),
  token: endpoint({
    token_type: fc.constantFrom('bEARER', 'MAC'),
    access_token: fc.constantFrom<unknown>('', 'two words', 7),
    error: fc.constant('invalid_grant'),
    expires_in: fc.constantFrom<unknown>(-1, '300'),
    id_token: fc.constantFrom<unknown>(null, 'x.y.z'),
  }),
  info: endpoint(
    {
      device_msisdn_verified: fc.constantFrom<unknown>(false, 'true', 1, null, [true]),
      sub: fc.constantFrom<unknown>('another-subscriber-77', SUB, 7),
      error: fc.constant('invalid_token'),
    },
    { device_msisdn_verified: false },
    { device_msisdn_verified: 'true' },
  ),
});
export type AnyPlay = typeof anyPlay extends fc.Arbitrary<infer P> ? P : never;

/** Whether a match would be true: everything that ties callback, tokens and answer to this run, held on its own. */
function mayMatch(play: AnyPlay, url: string, values: DerivedValues): boolean {
  const { token, info, claims, keys } = play;
  const seen = new URL(url);
  const healthy =
    token.instead === null && info.instead === null && token.status === 200 && info.status === 200;
  const replaced = ['access_token', 'id_token'].some((name) => name in token.members);
  const about = 'sub' in info.members ? info.members.sub : SUB;
  const answer = 'device_msisdn_verified' in info.members ? info.members.device_msisdn_verified : true;
  const signed = JSON.parse(JSON.stringify(claimsFor(values, claims)));
  return (
    healthy &&
    !replaced &&
    keys === 'own' &&
    url.split('?')[0] === REDIRECT_URI &&
    seen.searchParams.get('state') === values.state &&
    !seen.searchParams.has('error') &&
    claimsBind(signed, values.nonce, ACCESS_TOKEN) &&
    answer === true &&
    about === signed.sub
  );
}

export interface Counts {
  match: number;
  failed: number;
  unknown: number;
  no_match: number;
}

/** Every run ends once and by name, sends its code at most once, shows no secret, and is a match only when it is one. */
export function wholeRunProperty(
  bench: LegBench,
  carry: typeof carryFromCallback,
  counts: Counts,
): fc.IAsyncProperty<[AnyPlay]> {
  return fc.asyncProperty(anyPlay, async (play) => {
    const before = bench.operator.asked('/token').length;
    let url = '';
    const run = Run.parse(
      await bench.play({
        carry,
        callback: (values) => {
          const changed = new Map(play.callback.changed);
          url = callbackUrl(values, Object.fromEntries(changed)).replace(REDIRECT_URI, play.callback.place);
          return url;
        },
        claims: play.claims,
        tokenBody: play.token.members,
        ...(play.token.instead || play.token.status !== 200 ? { token: scriptOf(play.token) } : {}),
        premiuminfo: scriptOf({
          ...play.info,
          members: { sub: SUB, device_msisdn_verified: true, ...play.info.members },
        }),
        ...(play.keys === 'own' ? {} : { jwks: jwksOf(play.keys) }),
        upstream: { deadlineMs: 1000 },
      }),
    );
    const values = deriveValues(SERVER_KEY, run.id);
    const sent = bench.operator.asked('/token').length - before;
    if (sent > 1) throw new Error(`sent its code ${sent} times`);
    const ends = run.events.filter(({ type }) => type === 'ended').length;
    if (ends !== 1 || run.verdict === null) throw new Error(`ended ${ends} times`);
    if (run.failure && !(run.failure.code in FAILURES))
      throw new Error(`${run.failure.code} is in no catalogue`);
    if (run.verdict === 'failed' && (!run.failure || !run.cause)) throw new Error('failed without a name');
    if (run.verdict === 'match' && !mayMatch(play, url, values)) throw new Error('is no match');
    const text = JSON.stringify(run);
    const code = new URL(url).searchParams.get('code') ?? '';
    for (const secret of [
      values.state,
      values.nonce,
      values.codeVerifier,
      ACCESS_TOKEN,
      SECRET,
      NUMBER_HASH,
      code,
    ]) {
      if (secret.length >= 16 && text.includes(secret)) throw new Error(`shows ${secret}: ${text}`);
    }
    if (run.verdict in counts) counts[run.verdict as keyof Counts] += 1;
  });
}

function scriptOf({ instead, status, members }: Answer): Script {
  return instead ?? answering(status, members);
}

function jwksOf(keys: string): Script {
  if (keys === 'foreign') return answering(200, { keys: [foreignKey] });
  return keys === 'none' ? answering(200, { keys: [] }) : answering(500, '<html>');
}
