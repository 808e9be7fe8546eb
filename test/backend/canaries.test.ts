import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CallbackRequest } from '#protocol/backend-api.ts';
import type { Run } from '#protocol/run.ts';

import { deriveValues } from '../../backend/legs/derived-values.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import {
  ACCESS_KEY,
  type Bench,
  call,
  createRequest,
  OPERATOR_CLIENT,
  startBench,
} from '../support/bench.ts';
import { CALLBACK_END, hopOf, profileAt } from '../support/fixtures.ts';
import { halfHash, unsigned } from '../support/issuer.ts';
import { callbackUrl } from '../support/leg-bench.ts';
import { createRun, hashOf, numberOf, playScenario, submit, walkScenario } from '../support/node-walker.ts';
import { answering, type ScriptedOperator, startScriptedOperator } from '../support/scripted-operator.ts';
import { appendTo, nextSequence } from '../support/write-to.ts';

const SERVER_KEY = Buffer.alloc(32, 9);
const TOKEN = 'canary-access-token-never-shown';
/** Travels otherwise than it is written, and an error page may quote it as it travelled. */
const LIVE_SECRET = 'canary-live-secret:never+shown %é';
const NUMBER = '+447700900901';

let bench: Bench;
let talkative: ScriptedOperator;
/** Everything that left the backend, by where it went, and the secrets that must be in none of it. */
const seen = { log: '', records: '', streams: '', replies: '' };
const canaries = new Map<string, string>();

beforeAll(async () => {
  talkative = await startScriptedOperator();
  const profile = profileAt(talkative.origin, { id: 'talkative', idToken: 'optional', jwksUrl: null });
  bench = await startBench({ profiles: [{ profile, clientSecret: LIVE_SECRET, privateAddresses: true }] });
  for (const { name, group } of bench.operator.scenarios) {
    // Of the faults, those that bring a code back and those that quote what they were sent.
    const tells = group === 'story' || name.startsWith('callback-') || name.includes('-quotes-');
    if (tells && !LEADS_NOWHERE.has(name)) await playSimulated(name);
  }
  await playTalkative(200);
  await playTalkative(400);
  await refuseAll();
  seen.log = bench.log.join('');
});
afterAll(async () => {
  await bench.close();
  await talkative.close();
});

/** Scenarios whose chain does not come to redirect_uri, or not in time for a test. */
const LEADS_NOWHERE = new Set([
  'wifi-html-page',
  'slow-hop',
  'loop',
  'hop-hangs',
  'hop-html-page',
  'consent-page',
  'premiuminfo-503-once',
  'callback-bare',
  'callback-all-in-fragment',
]);

async function playSimulated(scenario: string): Promise<void> {
  const { created, submission } = await walkScenario(bench, scenario);
  const code = new URL(submission.callbackUrl).searchParams.get('code');
  if (code) canaries.set(`code of ${scenario}`, code);
  canaries.set(`number of ${scenario}`, numberOf(bench, scenario));
  await follow(created.run, submission);
}

/** An operator that puts everything it was ever sent into its answers. */
async function playTalkative(status: number): Promise<void> {
  const request = { profileId: 'talkative', scenario: null } as const;
  const { run } = await createRun(bench, createRequest(request));
  const values = deriveValues(SERVER_KEY, run.id);
  const code = `canary-code-${status}-${run.id}`;
  canaries.set(`code ${status}`, code);
  const everything = [
    code,
    ...Object.values(values).filter((one) => one !== values.correlationId),
    LIVE_SECRET,
    encodeURIComponent(LIVE_SECRET),
    // What we never had, and what it was never told, cannot be quoted.
    ...(status === 200 ? [TOKEN, hashOf(NUMBER)] : []),
    NUMBER,
  ];
  // Joined differently each time: a whole that was seen before would be covered as one.
  const by = (separator: string) => everything.join(separator);
  const echo = { message: by(' '), error_description: by(', '), note: by(';'), [NUMBER]: by('/') };
  const tokens = { access_token: TOKEN, token_type: 'Bearer', at: by('+') };
  talkative.on(
    '/token',
    answering(status, status === 200 ? tokens : { error: 'invalid_grant', ...echo }, {
      'x-echo': by('|'),
    }),
  );
  talkative.on('/premiuminfo', answering(500, `<p>${by(' and ')}</p>`, { 'set-cookie': `seen=${TOKEN}` }));
  const url = callbackUrl(values, { code });
  await follow(run, { hops: [], chainEnd: CALLBACK_END, callbackUrl: url, numberHash: hashOf(NUMBER) });
}

async function follow(run: Run, submission: CallbackRequest): Promise<void> {
  const values = deriveValues(SERVER_KEY, run.id);
  canaries.set(`state of ${run.id}`, values.state);
  canaries.set(`nonce of ${run.id}`, values.nonce);
  canaries.set(`verifier of ${run.id}`, values.codeVerifier);
  canaries.set(`number hash of ${run.id}`, submission.numberHash);
  seen.streams += (await submit(bench, run.id, submission)).text;
  seen.records += await (await call(bench, 'GET', `/v1/runs/${run.id}`)).text();
}

/** Refusals of every kind, with a secret wherever a caller can put one. */
async function refuseAll(): Promise<void> {
  const [secret] = canaries.values();
  const answers = await Promise.all([
    call(bench, 'GET', `/v1/runs/${secret}?code=${secret}`),
    call(bench, 'POST', `/v1/runs/${secret}/callback`, { callbackUrl: secret }),
    call(bench, 'POST', '/v1/runs', { id: secret, [`x${secret}`]: secret }),
    call(bench, 'GET', '/v1/profiles', undefined, { authorization: `Bearer ${secret}` }),
    call(bench, 'GET', '/v1/profiles', undefined, { origin: 'https://evil.test', cookie: `a=${secret}` }),
    call(bench, 'GET', '/v1/profiles'),
  ]);
  seen.replies += (await Promise.all(answers.map((one) => one.text()))).join('\n');
}

const hits = (text: string, secrets = canaries) =>
  [...secrets].filter(([, value]) => text.includes(value)).map(([name]) => name);

describe('no secret is in', () => {
  beforeAll(() => {
    canaries.set('access key', ACCESS_KEY);
    canaries.set('client secret', OPERATOR_CLIENT.secret);
    canaries.set('client secret, encoded', encodeURIComponent(OPERATOR_CLIENT.secret));
    canaries.set('other client secret', LIVE_SECRET);
    canaries.set('other client secret, encoded', encodeURIComponent(LIVE_SECRET));
    canaries.set('access token', TOKEN);
    canaries.set('at_hash', halfHash(TOKEN));
    canaries.set('number', NUMBER);
    canaries.set('number without its plus', NUMBER.slice(1));
    canaries.set('server key', SERVER_KEY.toString('base64url'));
    canaries.set('a JWT', 'eyJ');
  });

  test('the log, at level trace (PR2, PR3)', () => {
    expect(bench.log.length).toBeGreaterThan(40);
    expect(hits(seen.log)).toEqual([]);
  });

  test('the records (PR2, PR3)', () => {
    expect(seen.records.match(/"schemaVersion"/g)?.length).toBeGreaterThan(14);
    // The simulated operator's numbers are public, as part of its scenarios.
    expect(hits(withoutScenarios(seen.records))).toEqual([]);
  });

  test('the streams (PR2, PR3)', () => {
    expect(seen.streams.match(/event: ended/g)?.length).toBeGreaterThan(14);
    expect(hits(withoutScenarios(seen.streams))).toEqual([]);
  });

  test('the other replies (PR2, PR3)', () => {
    expect(hits(withoutScenarios(seen.replies))).toEqual([]);
  });
});

function withoutScenarios(text: string): string {
  return text.replaceAll(/"scenarios":\[.*?\]/g, '');
}

test('the probe finds a secret where one is: the create reply has state and nonce, for the browser to walk with', async () => {
  const { run, authorizeUrl } = await createRun(bench, createRequest());
  const values = deriveValues(SERVER_KEY, run.id);
  const secrets = new Map([
    ['state', values.state],
    ['nonce', values.nonce],
    ['verifier', values.codeVerifier],
  ]);
  expect(hits(authorizeUrl, secrets)).toEqual(['state', 'nonce']);
  expect(hits(JSON.stringify(run), secrets)).toEqual([]);
  // And the operator was really told what must not be found.
  const asked = talkative
    .asked('/token')
    .map(({ body }) => body)
    .join();
  expect(hits(asked).length).toBeGreaterThanOrEqual(4);
});

describe('a bench looks through its log and its records as it closes, and finds', () => {
  test.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['percent-encoded', encodeURIComponent],
    ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ])('a secret in a line, %s', async (_form, form) => {
    const own = await startBench();
    const run = await playScenario(own, 'match');
    expect(run.verdict).toBe('match');
    // A code, an access token, a ticket, a cookie, state, nonce, the client's secret.
    expect(own.operator.issuedSecrets().length).toBeGreaterThan(8);
    own.log.push(`{"msg":"${form(own.operator.issuedSecrets().at(-1) ?? '')}"}`);
    await expect(own.close()).rejects.toThrow(/^A secret is in the log/);
  });

  test('a number’s hash in a record', async () => {
    const store = createMemoryRunStore();
    const own = await startBench({ store });
    const { id } = await playScenario(own, 'match');
    const hops = [hopOf({ url: `https://api.example/?x=${hashOf(numberOf(own, 'match'))}` })];
    await appendTo(store, id, [
      {
        type: 'chain',
        sequence: await nextSequence(store, id),
        at: Date.now(),
        hops,
        chainEnd: CALLBACK_END,
      },
    ]);
    await expect(own.close()).rejects.toThrow(/^A secret is in a record/);
  });

  test('anything signed', async () => {
    const own = await startBench();
    own.log.push(unsigned({ alg: 'RS256', kid: 'key-1' }, { sub: 'someone' }, 'x'));
    await expect(own.close()).rejects.toThrow(/^A JWT is in the log/);
  });
});
