/** The same product in Firefox: its own event page, its own words, its own ways with plain http. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { chooseAndRun, pair, readSeenRun, startOver } from '../../backend/demo/drive-popup.ts';
import type { ServerProfile } from '../../backend/legs/provider.ts';
import { DEFAULT_LIMITS } from '../../protocol/profile.ts';
import type { Run } from '../../protocol/run.ts';
import { extensionFolder } from '../support/built-extension.ts';
import { expectPlainEnrichment, SLOW_HOP_MS, testCoreScenarios } from '../support/core-scenarios.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { testFirefoxPages } from '../support/firefox-pages.ts';
import { until } from '../support/staged-browser.ts';
import type { StagedFirefox } from '../support/staged-firefox.ts';
import { runUnwatched, savedRun, startUnwatched } from '../support/unwatched-run.ts';

let e2e: E2eStage;
let firefox: StagedFirefox;
/** Looked at anew for every run. */
const limits = { ...DEFAULT_LIMITS };

beforeAll(async () => {
  const adjust = (simulated: ServerProfile) => ({
    ...simulated,
    profile: { ...simulated.profile, limits },
  });
  e2e = await startE2e({ browser: 'firefox', slowHopMs: SLOW_HOP_MS, adjust });
  firefox = e2e.firefox as StagedFirefox;
});
afterAll(() => e2e.close());

// What the browser makes of a chain, of pages in it, and of redirect_uri (A15, A21, PR1).
testCoreScenarios(() => e2e);

describe('a run recorded in Chromium and in Firefox', () => {
  let chromium: E2eStage;
  beforeAll(async () => {
    chromium = await startE2e({ slowHopMs: SLOW_HOP_MS });
    await chromium.popup();
    // Both have the cookies of an earlier run.
    await record(chromium, 'match');
  });
  afterAll(() => chromium.close());

  test.each(['match', 'http-upgraded', 'bad-nonce'])(
    '%s has the same hops, checks and verdict in both (A15)',
    async (scenario) => {
      const [inChromium, inFirefox] = await Promise.all([chromium, e2e].map((one) => record(one, scenario)));
      expect(inFirefox).toEqual(inChromium);
    },
  );
});

/** What a run says of the operator, whatever browser it was walked in. */
async function record(stage: E2eStage, scenario: string) {
  const page = await stage.plainPage();
  const run = await stage.readRun(await runUnwatched(page, scenario, numberOf(scenario)));
  await page.close();
  return {
    // The status of a mark is the browser's own invention: Chromium says 307, and Firefox nothing.
    hops: run.hops.map(({ url, role, status, madeBy, notes, cookiesSet, cookiesSent }) => [
      new URL(url).origin,
      role,
      madeBy,
      madeBy === 'network' ? status : null,
      notes.filter((note) => note !== 'slow'),
      cookiesSet,
      cookiesSent,
    ]),
    legs: run.legs.map(({ name, outcome, checks }) => [
      name,
      outcome,
      checks.map((check) => `${check.name} ${check.result}`),
    ]),
    end: [run.verdict, run.failure?.code, run.cause?.code, run.cause?.owner, run.chainEnd?.kind],
  };
}

testFirefoxPages(() => e2e);

describe('the event page is killed', () => {
  test('in flight: the run ends as interrupted, with the hops it had (X5)', async () => {
    const page = await withNoPopup();
    await startUnwatched(page, 'hop-hangs', numberOf('hop-hangs'));
    await until(async () => (await savedRun(page))?.liveHop?.index === 3);
    await e2e.killWorker();
    const run = await reopenToTheEnd();
    expect(run).toMatchObject({ verdict: 'interrupted', failure: null, chainEnd: { kind: 'interrupted' } });
    expect(run.hops.map(({ status }) => status)).toEqual([302, 302]);
  });

  test('while the popup watches: a new one is woken, and shows the end without being reopened (X5)', async () => {
    const popup = await e2e.popup();
    await startOver(popup);
    await chooseAndRun(popup, 'hop-hangs');
    await popup.waitForSelector('[data-hop="2"]');
    await e2e.killWorker();
    await popup.waitForSelector('[data-verdict="interrupted"]');
  });

  test('after the code, before the backend has it: the code is posted again and spent once (X5, PR5)', async () => {
    const page = await withNoPopup();
    const before = e2e.operator.counters.token;
    // In the answer that opens a run, and in no other.
    const cut = e2e.proxy.cutAfter('response_type=');
    await startUnwatched(page, 'match', numberOf('match'));
    await cut;
    await until(async () => (await savedRun(page))?.stage === 'handing_over');
    await e2e.killWorker();
    e2e.proxy.mend();
    expect((await reopenToTheEnd()).verdict).toBe('match');
    expect(e2e.operator.counters.token).toBe(before + 1);
  });

  test('with an answer pending: the popup says so, and then shows as interrupted what had begun (X7)', async () => {
    const popup = await e2e.popup();
    if (await popup.$('#dismiss')) await startOver(popup);
    await popup.select('#scenario', 'match');
    await popup.waitForFunction("document.querySelector('#number').value !== ''");
    await popup.waitForSelector('#run:not([disabled])');
    await popup.evaluate(`{
      globalThis.problemsSeen = [];
      new MutationObserver(() => {
        const told = document.querySelector('[data-problem]');
        if (told) problemsSeen.push(told.dataset.problem, told.textContent);
      }).observe(document.body, { subtree: true, childList: true });
    }`);
    e2e.proxy.hold();
    await popup.click('#run');
    const pending =
      "chrome.storage.session.get('pendingRun').then(({ pendingRun }) => pendingRun !== undefined)";
    await until(async () => (await popup.evaluate(pending)) === true);
    // Whoever asks from now on is answered; the question that is under way never is.
    e2e.proxy.mend();
    await e2e.killWorker();
    await popup.waitForSelector('[data-verdict="interrupted"]');
    expect(await popup.evaluate('problemsSeen')).toEqual(
      expect.arrayContaining(['background_gone', expect.stringContaining('stopped before it answered')]),
    );
    const run = await e2e.readRun((await readSeenRun(popup)).run.id);
    expect(run).toMatchObject({ verdict: 'interrupted', hops: [], failure: null });
  });

  test('by nobody while a run is in flight: the heartbeat outlasts its idle limit, and the deadline ends the hop (F19, X6)', async () => {
    const page = await withNoPopup();
    limits.hopMs = 9000;
    await firefox.setPref('extensions.background.idle.timeout', 7000);
    // An event page has the limit that was set when it started.
    await e2e.killWorker();
    await startUnwatched(page, 'hop-hangs', numberOf('hop-hangs'));
    await until(async () => (await savedRun(page))?.stage === 'done');
    expect((await savedRun(page))?.run).toMatchObject({ failure: { code: 'authorize.timeout_hop' } });
    await firefox.setPref('extensions.background.idle.timeout', 30_000);
    limits.hopMs = DEFAULT_LIMITS.hopMs;
  });
});

test('without the policy of our manifest Firefox upgrades the http hop, and the tests above would see it (A15, F16)', async () => {
  const broken = mkdtempSync(join(tmpdir(), 'no-csp-'));
  cpSync(extensionFolder('e2e', 'firefox'), broken, { recursive: true });
  const file = join(broken, 'manifest.json');
  const { content_security_policy, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  expect(content_security_policy).toBeDefined();
  writeFileSync(file, JSON.stringify(manifest));
  await firefox.replaceExtension(broken);
  const popup = await firefox.openPopup();
  await pair(popup, e2e.pairingLine);
  const run = await e2e.run(popup, 'match');
  expect(() => expectPlainEnrichment(run)).toThrow();
  expect(run.cause).toMatchObject({ code: 'http_upgraded', mechanism: 'browser' });
  rmSync(broken, { recursive: true });
});

function numberOf(scenario: string): string {
  return String(e2e.operator.scenarios.find(({ name }) => name === scenario)?.number);
}

/** An extension page that shows no run, when no other does. */
async function withNoPopup(): Promise<Page> {
  await (await e2e.popup()).close();
  return e2e.plainPage();
}

/** Opens the popup again, which wakes a new event page, and waits for the run's end there. */
async function reopenToTheEnd(): Promise<Run> {
  const popup = await e2e.popup();
  await popup.waitForSelector('[data-verdict]');
  return e2e.readRun((await readSeenRun(popup)).run.id);
}
