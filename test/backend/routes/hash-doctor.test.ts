import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError, type HashDoctorRequest } from '#protocol/backend-api.ts';
import { type Profile, Profile as ProfileSchema } from '#protocol/profile.ts';
import { Run } from '#protocol/run.ts';
import { applyRunEvent } from '#protocol/run-events.ts';
import { legOf } from '#protocol/run-reading.ts';

import { deriveValues } from '../../../backend/legs/derived-values.ts';
import { type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { CALLBACK_END, profileAt } from '../../support/fixtures.ts';
import { createIssuer, halfHash, type Issuer } from '../../support/issuer.ts';
import { callbackUrl, claimsFor, SUB } from '../../support/leg-bench.ts';
import { createRun, hashOf, numberOf, readRun, submit, walkScenario } from '../../support/node-walker.ts';
import {
  answering,
  inTurn,
  type Script,
  type ScriptedOperator,
  startScriptedOperator,
} from '../../support/scripted-operator.ts';

const SERVER_KEY = Buffer.alloc(32, 9);
const TOKEN = 'canary-access-token-of-the-doctor';
const NUMBER = '+447700900907';
const PLAIN: HashDoctorRequest = { form: 'plain', numberHash: hashOf(NUMBER.slice(1)) };

let bench: Bench;
let scripted: ScriptedOperator;
let issuer: Issuer;
let minutesLater = 0;
beforeAll(async () => {
  [scripted, issuer] = await Promise.all([startScriptedOperator(), createIssuer()]);
  const at = (change: Partial<Profile>) => ({
    profile: profileAt(scripted.origin, { jwksUrl: null, ...change }),
    clientSecret: 'canary-client-secret-of-the-doctor',
    privateAddresses: true,
  });
  bench = await startBench({
    profiles: [
      at({ id: 'scripted' }),
      // Long enough for the run, which is answered; only the doctor's question waits for it.
      { ...at({ id: 'impatient' }), deadlineMs: 2000 },
      at({ id: 'forbids', hashDoctor: false }),
      at({ id: 'hashes-plain', hash: 'plain' }),
    ],
    now: () => Date.now() + minutesLater * 60_000,
  });
});
afterAll(async () => {
  await bench.close();
  await scripted.close();
});

const ask = (id: string, body: unknown) => call(bench, 'POST', `/v1/runs/${id}/hash-doctor`, body);
const asked = () => scripted.asked('/premiuminfo').length;
const no: Script = answering(200, { sub: SUB, device_msisdn_verified: false });
const yes: Script = answering(200, { sub: SUB, device_msisdn_verified: true });

async function told(response: Response): Promise<Run> {
  expect(response.status).toBe(200);
  return Run.parse(await response.json());
}

async function refusal(response: Response): Promise<[number, string, string]> {
  const { error } = ApiError.parse(await response.json());
  return [response.status, error.code, error.message];
}

/** A run at the scripted operator that ended with the first of these answers; the doctor gets the others. */
async function runAnswered(scripts: Script[], profileId = 'scripted'): Promise<Run> {
  const { run } = await createRun(bench, createRequest({ profileId, scenario: null }));
  scripted.on('/premiuminfo', inTurn(...scripts));
  const values = deriveValues(SERVER_KEY, run.id);
  const id_token = await issuer.sign(claimsFor(values, { at_hash: halfHash(TOKEN) }));
  scripted.on('/token', answering(200, { access_token: TOKEN, token_type: 'Bearer', id_token }));
  const url = callbackUrl(values);
  const leg1 = { hops: [], chainEnd: CALLBACK_END, callbackUrl: url, numberHash: hashOf(NUMBER) };
  await submit(bench, run.id, leg1);
  return readRun(bench, run.id);
}

describe('an operator that hashes without the plus sign', () => {
  test('says yes to the other form: the cause is the form, the verdict stays', async () => {
    const { created, submission } = await walkScenario(bench, 'hash-plain');
    await submit(bench, created.run.id, submission);
    const before = await readRun(bench, created.run.id);
    expect(before).toMatchObject({
      verdict: 'no_match',
      cause: { code: 'number_differs' },
      hashDoctor: null,
    });

    const number = numberOf(bench, 'hash-plain');
    const run = await told(await ask(created.run.id, { form: 'plain', numberHash: hashOf(number.slice(1)) }));
    expect(run).toMatchObject({
      verdict: 'no_match',
      phase: 'ended',
      endedAt: before.endedAt,
      hashDoctor: { form: 'plain', verified: true },
      cause: {
        code: 'hash_form_differs',
        owner: 'client_setup',
        confidence: 'likely',
        cure: 'set_hash_form',
        evidence: [{ at: 'exchange', leg: 'premiuminfo', detail: 'plain: true' }],
      },
    });
    expect(await readRun(bench, run.id)).toEqual(run);
  });

  test('leaves its question in the record: a second exchange, the same checks, events that go on counting', async () => {
    const { created, submission } = await walkScenario(bench, 'hash-plain');
    await submit(bench, created.run.id, submission);
    const before = await readRun(bench, created.run.id);
    const number = numberOf(bench, 'hash-plain');
    const run = await told(await ask(created.run.id, { form: 'plain', numberHash: hashOf(number.slice(1)) }));
    const [leg, legBefore] = [legOf(run, 'premiuminfo'), legOf(before, 'premiuminfo')];
    expect(leg.checks).toEqual(legBefore.checks);
    expect(leg.outcome).toBe('passed');
    expect(leg.exchanges).toHaveLength(2);
    const [first, second] = leg.exchanges;
    // The same token has the same stand-in, the other hash another one.
    const bearer = (one: typeof first) =>
      one?.request.headers.find(({ name }) => name === 'authorization')?.value;
    expect(bearer(second)).toMatch(/^Bearer ‹/);
    expect(bearer(second)).toBe(bearer(first));
    expect(second?.request.body).toContain('‹device_msisdn_hash:2›');
    expect(first?.request.body).toContain('‹device_msisdn_hash:1›');
    expect(second?.startedAtMs).toBeGreaterThanOrEqual((first?.startedAtMs ?? 0) + (first?.durationMs ?? 0));
    expect(run.events.map(({ sequence }) => sequence)).toEqual(run.events.map((_event, at) => at + 1));
    expect(run.events.slice(-3).map(({ type }) => type)).toEqual(['ended', 'exchange', 'hash_doctor']);
    // Who attaches later hears the same, and folds it to the same record.
    const { events } = await submit(bench, run.id, submission);
    expect(events.reduce(applyRunEvent, { ...created.run, events: [] })).toEqual(run);
  });
});

describe('what the second answer makes of the cause', () => {
  test('no in both forms: the number differs, and both answers are its evidence', async () => {
    const before = await runAnswered([no, no]);
    expect(before.cause).toMatchObject({ code: 'number_differs', confidence: 'likely' });
    const run = await told(await ask(before.id, PLAIN));
    expect(run.hashDoctor).toMatchObject({ form: 'plain', verified: false });
    expect(run.cause).toMatchObject({
      code: 'number_differs',
      confidence: 'likely',
      cure: 'check_data_sim',
    });
    expect(run.cause?.evidence.map(({ detail }) => detail)).toEqual([
      'device_msisdn_verified: false',
      'plain: false',
    ]);
  });

  const hang: Script = () => undefined;
  const noAnswers: [string, Script, number | null][] = [
    ['a token that was for one use (401)', answering(401, { error: 'invalid_token' }), 401],
    [
      'an answer about another subject (P4)',
      answering(200, { sub: 'somebody-else', device_msisdn_verified: true }),
      200,
    ],
    ['the string "true" (P2)', answering(200, { sub: SUB, device_msisdn_verified: 'true' }), 200],
    ['503 without a wait', answering(503, 'down'), 503],
    ['a connection that breaks', (_asked, response) => void response.destroy(), null],
    ['no answer in time', hang, null],
  ];
  test.each(noAnswers)(
    '%s tells nothing: recorded, and verdict and cause are as they were (P5, P10)',
    async (_what, script, status) => {
      const before = await runAnswered([no, script], script === hang ? 'impatient' : 'scripted');
      const run = await told(await ask(before.id, PLAIN));
      expect(run.hashDoctor).toMatchObject({ form: 'plain', verified: null });
      expect([run.verdict, run.failure, run.cause]).toEqual(['no_match', null, before.cause]);
      const { exchanges } = legOf(run, 'premiuminfo');
      expect(exchanges).toHaveLength(2);
      expect(exchanges[1]?.response?.status ?? null).toBe(status);
    },
  );

  test('a profile that hashes plain is asked with plus', async () => {
    const before = await runAnswered([no, yes], 'hashes-plain');
    const run = await told(await ask(before.id, { form: 'plus', numberHash: hashOf(NUMBER) }));
    expect(run.cause).toMatchObject({ code: 'hash_form_differs', evidence: [{ detail: 'plus: true' }] });
  });

  test('429 that asks for a second is waited for, as in the run itself (P11)', async () => {
    const busy = answering(429, {}, { 'retry-after': '0' });
    const before = await runAnswered([no, busy, yes]);
    const run = await told(await ask(before.id, PLAIN));
    expect(legOf(run, 'premiuminfo').exchanges.map(({ response }) => response?.status)).toEqual([
      200, 429, 200,
    ]);
    expect(run.hashDoctor?.verified).toBe(true);
  });
});

describe('asked once a run', () => {
  test('fifty times at once: one request, one answer for all (B18)', async () => {
    const before = await runAnswered([no, yes, no]);
    const count = asked();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(before.id, PLAIN)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(await Promise.all(answers.map((one) => one.text()))).size).toBe(1);
    expect(asked()).toBe(count + 1);
  });

  test('again later with the same body: the same run, and nobody is asked (B16)', async () => {
    const before = await runAnswered([no, yes]);
    const first = await told(await ask(before.id, PLAIN));
    const count = asked();
    minutesLater = 60;
    expect(await told(await ask(before.id, PLAIN))).toEqual(first);
    minutesLater = 0;
    expect(asked()).toBe(count);
  });

  const others: [string, HashDoctorRequest][] = [
    ['another hash', { form: 'plain', numberHash: '0'.repeat(64) }],
    ['another form', { form: 'plus', numberHash: hashOf(NUMBER) }],
  ];
  test.each(others)('%s afterwards is a conflict (B17)', async (_what, other) => {
    const before = await runAnswered([no, yes]);
    const first = await told(await ask(before.id, PLAIN));
    const count = asked();
    expect((await refusal(await ask(before.id, other))).slice(0, 2)).toEqual([
      409,
      'api.idempotency_conflict',
    ]);
    expect(asked()).toBe(count);
    expect(await readRun(bench, before.id)).toEqual(first);
  });

  test('another hash while the first is under way is a conflict as well (B17)', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const slow: Script = async (one, response) => {
      await released;
      await yes(one, response);
    };
    const before = await runAnswered([no, slow]);
    const count = asked();
    const first = ask(before.id, PLAIN);
    await expect.poll(asked).toBe(count + 1);
    const other = await refusal(await ask(before.id, { ...PLAIN, numberHash: '0'.repeat(64) }));
    expect(other.slice(0, 2)).toEqual([409, 'api.idempotency_conflict']);
    release();
    expect((await told(await first)).hashDoctor?.verified).toBe(true);
  });
});

describe('refused, with what to do', () => {
  const refused = [409, 'api.hash_doctor_refused'];

  test('a run that is not known', async () => {
    const answer = await refusal(await ask('6e6b0a9e-3c53-4f2e-9d07-8d5b2c3c9a11', PLAIN));
    expect(answer).toEqual([404, 'api.not_found', 'This backend has no such run. Start a new one.']);
  });

  test('a run that has not ended', async () => {
    const { run } = await createRun(bench, createRequest());
    const [status, code, message] = await refusal(await ask(run.id, PLAIN));
    expect([status, code]).toEqual(refused);
    expect(message).toContain('Wait for its verdict.');
  });

  test.each(['match', 'bad-nonce'])('a run that ended otherwise: %s', async (scenario) => {
    const { created, submission } = await walkScenario(bench, scenario);
    await submit(bench, created.run.id, submission);
    const before = bench.operator.counters.premiuminfo;
    const [status, code, message] = await refusal(await ask(created.run.id, PLAIN));
    expect([status, code]).toEqual(refused);
    expect(message).toContain('no match');
    expect(bench.operator.counters.premiuminfo).toBe(before);
  });

  test('a profile that forbids it', async () => {
    const before = await runAnswered([no, yes], 'forbids');
    const count = asked();
    const [status, code, message] = await refusal(await ask(before.id, PLAIN));
    expect([status, code]).toEqual(refused);
    expect(message).toContain('NV_HASH_DOCTOR');
    expect(asked()).toBe(count);
  });

  test('the form the run itself asked with, and the right one is still free', async () => {
    const before = await runAnswered([no, yes]);
    const [status, code, message] = await refusal(
      await ask(before.id, { form: 'plus', numberHash: hashOf(NUMBER) }),
    );
    expect([status, code]).toEqual(refused);
    expect(message).toContain('Ask with "plain".');
    expect((await told(await ask(before.id, PLAIN))).hashDoctor?.verified).toBe(true);
  });

  test('five minutes after the verdict, and not before', async () => {
    const early = await runAnswered([no, yes]);
    minutesLater = 4.9;
    expect((await told(await ask(early.id, PLAIN))).hashDoctor?.verified).toBe(true);
    minutesLater = 0;
    const late = await runAnswered([no, yes]);
    const count = asked();
    minutesLater = 5.01;
    const first = await refusal(await ask(late.id, PLAIN));
    expect(first).toEqual([...refused, 'Run again: the access token is kept for five minutes only.']);
    minutesLater = 0;
    // It is gone, not only out of date; whatever is asked now.
    expect(await refusal(await ask(late.id, PLAIN))).toEqual(first);
    expect(await refusal(await ask(late.id, { ...PLAIN, numberHash: '0'.repeat(64) }))).toEqual(first);
    expect(asked()).toBe(count);
    expect((await readRun(bench, late.id)).hashDoctor).toBeNull();
  });

  test.each([
    ['a hash that is none', { form: 'plain', numberHash: 'x' }],
    ['a form that is none', { form: 'national', numberHash: '0'.repeat(64) }],
    ['a number', { ...PLAIN, number: NUMBER }],
  ])('%s is a bad request', async (_what, body) => {
    const before = await runAnswered([no, yes]);
    expect((await refusal(await ask(before.id, body))).slice(0, 2)).toEqual([400, 'api.bad_request']);
  });
});

test('neither log nor record nor reply has the token, the hash or the number (PR2, PR3)', async () => {
  // An operator that quotes all it was sent.
  const echo: Script = (one, response) => {
    const words = `${one.headers.authorization} ${one.body} ${NUMBER}`;
    return answering(400, { error: 'invalid_request', error_description: words, note: words })(one, response);
  };
  const before = await runAnswered([no, echo]);
  const reply = await (await ask(before.id, PLAIN)).text();
  const record = await (await call(bench, 'GET', `/v1/runs/${before.id}`)).text();
  const secrets = [TOKEN, PLAIN.numberHash, hashOf(NUMBER), NUMBER, NUMBER.slice(1), 'canary-client-secret'];
  const sent = scripted.asked('/premiuminfo').at(-1);
  expect(`${sent?.headers.authorization} ${sent?.body}`).toContain(TOKEN);
  expect(sent?.body).toContain(PLAIN.numberHash);
  expect(record).toContain('invalid_request');
  for (const text of [bench.log.join(''), record, reply]) {
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
  expect(ProfileSchema.parse(JSON.parse(record).profile).hashDoctor).toBe(true);
});
