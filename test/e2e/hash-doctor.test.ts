import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { readSeenRun, startOver } from '../../backend/demo/drive-popup.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';

let e2e: E2eStage;
let popup: Page;
/** Requests to premiuminfo so far. */
let asked: number;

beforeAll(async () => {
  e2e = await startE2e();
});
afterAll(() => e2e.close());
beforeEach(async () => {
  popup = await e2e.popup();
  if (await popup.$('[data-verdict]')) await startOver(popup);
});
afterEach(() => e2e.proxy.mend());

async function runToNo(scenario: string): Promise<Run> {
  const run = await e2e.run(popup, scenario);
  expect(run).toMatchObject({ verdict: 'no_match', hashDoctor: null });
  asked = e2e.operator.counters.premiuminfo;
  return run;
}

async function openDoctor(): Promise<void> {
  await popup.click('#open-doctor');
  await popup.waitForSelector('#ask-again:not([disabled])');
}

const send = (message: object) => popup.evaluate(`chrome.runtime.sendMessage(${JSON.stringify(message)})`);
const textOf = (selector: string) => popup.$eval(selector, (found) => found.textContent ?? '');
const numberOf = (scenario: string) =>
  e2e.operator.scenarios.find(({ name }) => name === scenario)?.number ?? '';

test('an operator that hashes without the plus says yes when asked so: the profile is wrong, and the verdict stays', async () => {
  const { id } = await runToNo('hash-plain');
  await openDoctor();
  await popup.click('#ask-again');
  await popup.waitForSelector('[data-doctor-answer="true"]');
  expect(await textOf('#hash-doctor')).toContain('hash form is wrong');
  expect(await popup.$('[data-form="plain"][data-answer="yes"]')).not.toBeNull();

  const run = await e2e.readRun(id);
  expect(run).toMatchObject({
    verdict: 'no_match',
    hashDoctor: { form: 'plain', verified: true },
    cause: { code: 'hash_form_differs', owner: 'client_setup', cure: 'set_hash_form' },
  });
  expect(e2e.operator.counters.premiuminfo).toBe(asked + 1);
  expect((await readSeenRun(popup)).run).toEqual(run);
});

test('neither number nor hash of the second question is kept anywhere (PR3)', async () => {
  const { id } = await runToNo('hash-plain');
  await openDoctor();
  await popup.click('#ask-again');
  await popup.waitForSelector('[data-doctor-answer]');
  const number = numberOf('hash-plain');
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const kept = [
    JSON.stringify(await e2e.readRun(id)),
    JSON.stringify(await popup.evaluate('chrome.storage.local.get()')),
    JSON.stringify(await popup.evaluate("chrome.storage.session.get(['savedRun', 'pendingRun'])")),
    (await popup.evaluate('document.documentElement.outerHTML')) as string,
    e2e.logLines.join(''),
  ].join('\n');
  for (const secret of [number, number.slice(1), sha(number), sha(number.slice(1))])
    expect(kept).not.toContain(secret);
});

test('a second no is evidence of its own: the SIM has another number', async () => {
  const { id } = await runToNo('no-match');
  await openDoctor();
  await popup.click('#ask-again');
  await popup.waitForSelector('[data-doctor-answer="false"]');
  expect(await e2e.readRun(id)).toMatchObject({
    verdict: 'no_match',
    hashDoctor: { form: 'plain', verified: false },
    cause: { code: 'number_differs', confidence: 'likely' },
  });
});

test('the question is put once: asking again is answered from the record', async () => {
  const { id } = await runToNo('hash-plain');
  const message = { type: 'hash_doctor', runId: id, number: numberOf('hash-plain') };
  const replies = await Promise.all([send(message), send(message)]);
  expect([...replies, await send(message)]).toEqual(Array(3).fill({ ok: true, value: null }));
  expect(e2e.operator.counters.premiuminfo).toBe(asked + 1);
});

test('the number is asked for where the browser has let go of it; another one goes nowhere', async () => {
  const { id } = await runToNo('hash-plain');
  await popup.evaluate("chrome.storage.session.remove('number')");
  await openDoctor();
  await popup.type('#number', '7700 900901');
  await popup.click('#ask-again');
  await popup.waitForSelector('[data-number-error="other_run"]');
  expect(await send({ type: 'hash_doctor', runId: id, number: '+447700900901' })).toMatchObject({
    ok: false,
    problem: { code: 'other_number' },
  });
  expect(e2e.operator.counters.premiuminfo).toBe(asked);

  await popup.click('#number', { count: 3 });
  await popup.type('#number', numberOf('hash-plain').replace('+44', '0'));
  await popup.click('#ask-again');
  await popup.waitForSelector('[data-doctor-answer="true"]');
});

test('a backend that is down is a sentence, and the question can be put once it is back', async () => {
  await runToNo('hash-plain');
  await openDoctor();
  e2e.proxy.cut();
  await popup.click('#ask-again');
  await popup.waitForSelector('.doctor [data-problem="backend_unreachable"]');
  e2e.proxy.mend();
  await popup.waitForSelector('#ask-again:not([disabled])');
  await popup.click('#ask-again');
  await popup.waitForSelector('[data-doctor-answer="true"]');
});

test('a run that was put away, or that said yes, is not asked about', async () => {
  const { id } = await runToNo('hash-plain');
  await startOver(popup);
  const message = { type: 'hash_doctor', runId: id, number: numberOf('hash-plain') };
  expect(await send(message)).toMatchObject({ ok: false, problem: { code: 'run_gone' } });

  const matched = await e2e.run(popup, 'match');
  expect(await popup.$('#open-doctor')).toBeNull();
  expect(await send({ type: 'hash_doctor', runId: matched.id, number: numberOf('match') })).toMatchObject({
    ok: false,
    problem: { code: 'hash_doctor_refused', detail: expect.any(String) },
  });
});

test('a message without a run’s id or with no E.164 is answered as invalid (X3)', async () => {
  for (const message of [
    { type: 'hash_doctor', runId: 'x', number: '+447700900922' },
    { type: 'hash_doctor', runId: crypto.randomUUID(), number: '07700900922' },
  ])
    expect(await send(message)).toMatchObject({ ok: false, problem: { code: 'message_invalid' } });
});
