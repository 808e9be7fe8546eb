import fc from 'fast-check';

import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { recordExchange } from '../../backend/legs/exchange.ts';
import { shownChecks } from '../../backend/legs/judged.ts';
import type { judgePremiuminfoAnswer } from '../../backend/legs/premiuminfo/judge-premiuminfo-answer.ts';
import type { judgeTokenAnswer } from '../../backend/legs/token/judge-token-answer.ts';
import type { UpstreamAnswer, UpstreamRequest } from '../../backend/upstream/send.ts';
import { profileAt } from '../support/fixtures.ts';
import { anyMember, anyText, mutated } from './fuzz.ts';

type Answered = Extract<UpstreamAnswer, { kind: 'answered' }>;

const profile = profileAt('https://api.example');
const CORRELATION_ID = '7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa';
const TOKEN = 'hIiC6ksKeD7olGcdW7-KcsKrX0kMEEm_NEtRdE2Le9k';
const SUB = '9fe91718-b66a-4a7f-aa81-55aa0f04beb0';
const ID_TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

const status = fc.oneof({ weight: 5, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 }));
const header = fc.tuple(
  fc.constantFrom(
    'content-type',
    'retry-after',
    'location',
    'set-cookie',
    'server',
    'x-vig-trace-id',
    'x-other',
  ),
  fc.oneof(anyText, fc.constantFrom('application/json', 'text/html', TOKEN, `a=${TOKEN}; Path=/`)),
);

function answer(healthy: Record<string, unknown>, wrong: Record<string, fc.Arbitrary<unknown>>) {
  const json = mutated(fc.constant(healthy), wrong).map((members) => JSON.stringify(members));
  const whole = JSON.stringify(healthy);
  const cut = fc.nat({ max: whole.length }).map((at) => whole.slice(0, at));
  const deep = fc.constantFrom('[', '{"a":').map((open) => open.repeat(200));
  const body = fc.oneof(
    { weight: 12, arbitrary: json },
    { weight: 2, arbitrary: cut },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: anyText },
    {
      weight: 1,
      arbitrary: fc.constantFrom('null', '[]', '""', '\ufeff{}', '<html>', '{"a":1,"a":2}', `${whole}x`),
    },
    { weight: 1, arbitrary: deep },
  );
  return fc
    .record({ status, headers: fc.array(header, { maxLength: 3 }), body })
    .map((made): Answered => ({ kind: 'answered', durationMs: 1, ...made }));
}

/** Records the exchange as the leg does before it judges, so that what is known then is known here. */
function recorded(made: Answered) {
  const request: UpstreamRequest = { method: 'POST', url: profile.tokenUrl, headers: {}, body: null };
  const pseudonyms = createPseudonyms();
  return { pseudonyms, exchange: recordExchange(request, made, 0, pseudonyms) };
}

/** What a body names as a secret must be shown nowhere, also where something else quotes it. */
function refuseLeak(body: string, shown: unknown): void {
  const text = JSON.stringify(shown);
  for (const [member, secret] of [
    ['access_token', TOKEN],
    ['id_token', ID_TOKEN],
    ['sub', SUB],
  ]) {
    const named = body.includes(`"${member}":"${secret}`);
    if (named && text.includes(secret ?? '')) throw new Error(`shows ${member}: ${text}`);
  }
}

function objectOf(body: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(body);
    return json !== null && typeof json === 'object' && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const TOKENS = {
  access_token: TOKEN,
  token_type: 'Bearer',
  expires_in: 300,
  id_token: ID_TOKEN,
  scope: 'openid mc_vm_match_hash',
  correlation_id: CORRELATION_ID,
};
const anyTokenAnswer = answer(TOKENS, {
  access_token: fc.constantFrom<unknown>('', 7, 'two words', 'line\nbreak', 'x'.repeat(20_000)),
  token_type: fc.constantFrom('bEARER', 'MAC', 'Bearer '),
  expires_in: fc.constantFrom<unknown>('500', -1, 1e308, 0, null),
  id_token: fc.constantFrom<unknown>(null, 'x', 7),
  scope: fc.constantFrom<unknown>('openid', TOKEN, [TOKEN]),
  error: fc.constantFrom<unknown>('invalid_grant', 'made_up', 7, TOKEN),
});

/** Tokens come only of a 200 with an object, a usable access token, the type Bearer, and no error beside them. */
export function tokenProperty(judge: typeof judgeTokenAnswer): fc.IProperty<[Answered]> {
  return fc.property(anyTokenAnswer, (made) => {
    const { pseudonyms, exchange } = recorded(made);
    const { judged, tokens } = judge(made, profile, CORRELATION_ID, pseudonyms);
    const json = objectOf(made.body);
    const good =
      made.status === 200 &&
      typeof json?.access_token === 'string' &&
      /^[!-~]{1,16384}$/.test(json.access_token) &&
      String(json.token_type).toLowerCase() === 'bearer' &&
      !(typeof json.error === 'string' && json.error !== '');
    if (tokens && (!good || tokens.accessToken !== json?.access_token))
      throw new Error('took no token for one');
    if (made.body === JSON.stringify(TOKENS) && made.status === 200 && !tokens)
      throw new Error('refused a good one');
    if (!tokens && judged.every(({ code }) => code === null)) throw new Error('refused without a name');
    refuseLeak(made.body, [exchange, shownChecks(judged, pseudonyms)]);
  });
}

const INFO = { sub: SUB, device_msisdn_verified: true, correlation_id: CORRELATION_ID };
const anyInfoAnswer = answer(INFO, {
  device_msisdn_verified: fc.constantFrom<unknown>('true', 1, 'yes', null, [true], { true: true }, false),
  sub: fc.oneof(fc.constantFrom<unknown>('another-subscriber-77', 7, null, undefined), anyMember),
  error: fc.constantFrom<unknown>('invalid_token', 'made_up', TOKEN),
});

/** An answer is believed only if it is a 200, a boolean, and of the subject the id_token named or of none. */
export function premiuminfoProperty(judge: typeof judgePremiuminfoAnswer): fc.IProperty<[Answered]> {
  return fc.property(anyInfoAnswer, (made) => {
    const { pseudonyms, exchange } = recorded(made);
    const expected = { sub: SUB, correlationId: CORRELATION_ID };
    const { judged, verified } = judge(made, profile, expected, pseudonyms);
    const json = objectOf(made.body);
    const believable = made.status === 200 && json !== null && (!('sub' in json) || json.sub === SUB);
    if (verified !== null && (!believable || json?.device_msisdn_verified !== verified)) {
      throw new Error(`believed ${made.status} ${made.body}`);
    }
    if (made.body === JSON.stringify(INFO) && made.status === 200 && verified !== true)
      throw new Error('refused a good one');
    if (verified === null && judged.every(({ code }) => code === null))
      throw new Error('refused without a name');
    refuseLeak(made.body, [exchange, shownChecks(judged, pseudonyms)]);
  });
}
