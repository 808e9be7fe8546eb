import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { chooseAndRun, readSeenRun, startOver } from '../../backend/demo/drive-popup.ts';
import type { ServerProfile } from '../../backend/legs/provider.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { storageUnavailable } from '../../backend/store/storage-error.ts';
import type { Run } from '../../protocol/run.ts';
import { extensionFolder } from '../support/built-extension.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { hopsOnDisk } from '../support/hops-on-disk.ts';
import { until } from '../support/staged-browser.ts';
import { savedRun, startUnwatched } from '../support/unwatched-run.ts';

let e2e: E2eStage;
/** Where the next run begins; the backend looks at it anew for every run. */
let profile: ServerProfile['profile'];
let tokensBefore: number;
/** Whether the backend's database is away: at once, or from when the next run has been opened. */
let database: 'there' | 'away' | 'leaving' = 'there';
/** Of this file alone: an update is made in it. */
const folder = mkdtempSync(join(tmpdir(), 'updated-'));

beforeAll(async () => {
  cpSync(extensionFolder('e2e'), folder, { recursive: true });
  e2e = await startE2e({
    folder,
    store: storeThatLeaves(),
    adjust: (simulated) => {
      profile = { ...simulated.profile };
      return { ...simulated, profile };
    },
  });
});
afterAll(async () => {
  expect(e2e.operator.counters.redirectUri).toBe(0);
  await e2e.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  const popup = await e2e.popup();
  if (await popup.$('#dismiss')) await startOver(popup);
  tokensBefore = e2e.operator.counters.token;
});

const tokensSpent = () => e2e.operator.counters.token - tokensBefore;

/** In the answer that opens a run, and in no other: a profile names its authorizeUrl as well. */
const RUN_OPENED = 'response_type=';

/** Starts a run from a plain page, with no popup open to notice anything. */
async function start(page: Page, scenario: string): Promise<void> {
  const number = e2e.operator.scenarios.find(({ name }) => name === scenario)?.number;
  await startUnwatched(page, scenario, String(number));
}

/** The popup closes as another page comes to the front. */
async function plainPage(): Promise<Page> {
  const page = await e2e.plainPage();
  await until(() => !e2e.browser.targets().some((one) => one.url().endsWith('/popup.html')));
  return page;
}

/** Opens the popup again, which wakes a new worker, and waits for the run's end there. */
async function reopenToTheEnd(): Promise<Run> {
  const popup = await e2e.popup();
  await popup.waitForSelector('[data-verdict]');
  return e2e.readRun((await readSeenRun(popup)).run.id);
}

describe('the worker is killed', () => {
  test('in flight: the run ends as interrupted, with the hops it had (X5)', async () => {
    const page = await plainPage();
    await start(page, 'hop-hangs');
    await until(async () => (await savedRun(page))?.liveHop?.index === 3);
    await e2e.killWorker();
    const run = await reopenToTheEnd();
    expect(run).toMatchObject({ verdict: 'interrupted', failure: null, chainEnd: { kind: 'interrupted' } });
    expect(run.hops.map(({ status }) => status)).toEqual([302, 302]);
    expect(tokensSpent()).toBe(0);
  });

  test('while the popup watches: the popup wakes a new one and shows the end without being reopened (X5)', async () => {
    const popup = await e2e.popup();
    await chooseAndRun(popup, 'hop-hangs');
    await popup.waitForSelector('[data-hop="2"]');
    await e2e.killWorker();
    await popup.waitForSelector('[data-verdict="interrupted"]');
  });

  test('after the code, before the backend has it: the code is posted again and spent once (X5, PR5)', async () => {
    const page = await plainPage();
    const cut = e2e.proxy.cutAfter(RUN_OPENED);
    await start(page, 'match');
    await cut;
    await until(async () => (await savedRun(page))?.stage === 'handing_over');
    await e2e.killWorker();
    e2e.proxy.mend();
    const run = await reopenToTheEnd();
    expect(run.verdict).toBe('match');
    expect(tokensSpent()).toBe(1);
  });

  test('after the hand-over: the backend carries the run to its end and the popup shows that (X5)', async () => {
    const page = await plainPage();
    const asked = e2e.operator.counters.premiuminfo;
    await start(page, 'premiuminfo-503-once');
    await until(async () => (await savedRun(page))?.stage === 'handed_over');
    await e2e.killWorker();
    const run = await reopenToTheEnd();
    expect(run.verdict).toBe('match');
    expect([tokensSpent(), e2e.operator.counters.premiuminfo - asked]).toEqual([1, 2]);
  });
});

test('the worker dies between the acknowledgement and saying so: the run is read, and can be put away (X5)', async () => {
  const popup = await e2e.popup();
  await e2e.run(popup, 'match');
  // The state that such a death leaves: the stage of before, and nothing pending any more.
  await popup.evaluate(`chrome.storage.session.get('savedRun').then(({ savedRun }) => chrome.storage.session.set({
    savedRun: { ...savedRun, stage: 'handing_over', run: { ...savedRun.run, verdict: null, phase: 'code_received' } } }))`);
  await e2e.killWorker();
  await popup.waitForSelector('[data-verdict="match"]');
  expect(tokensSpent()).toBe(1);
  await popup.click('#dismiss');
  await popup.waitForSelector('#run');
});

describe('the worker is killed while the run waits for a permission', () => {
  /** No build may ask for this host without a prompt, and no prompt is answered here. */
  const elsewhere = 'https://not-allowed.example/authorize';

  test('before hop 1: the run ends as interrupted with no hop, and is not lost (X5)', async () => {
    expect(await killedWhileWaiting(elsewhere)).toMatchObject({ verdict: 'interrupted', hops: [] });
  });

  test('between hops: the run ends as interrupted with the hops it had (X5)', async () => {
    const elsewhereNext = createServer((_, response) =>
      response.writeHead(302, { location: elsewhere }).end(),
    );
    await new Promise<void>((listening) => elsewhereNext.listen(0, '127.0.0.1', listening));
    const { port } = elsewhereNext.address() as AddressInfo;
    const run = await killedWhileWaiting(`http://127.0.0.1:${port}/authorize`);
    expect(run.verdict).toBe('interrupted');
    expect(run.hops.map(({ status, location }) => [status, location])).toEqual([[302, elsewhere]]);
    elsewhereNext.close();
    elsewhereNext.closeAllConnections();
  });

  async function killedWhileWaiting(authorizeUrl: string): Promise<Run> {
    const usual = profile.authorizeUrl;
    profile.authorizeUrl = authorizeUrl;
    const page = await plainPage();
    await start(page, 'match');
    await until(async () => (await savedRun(page))?.run.phase === 'waiting');
    await e2e.killWorker();
    profile.authorizeUrl = usual;
    return reopenToTheEnd();
  }
});

test('the stream is lost in mid-run: the run is read to its end, never failed for it', async () => {
  const popup = await e2e.popup();
  // Cut as soon as this was sent, a busy browser would throw it away unread, and would know of no acknowledgement.
  e2e.proxy.stallAfter('"phase":"verifying"');
  await chooseAndRun(popup, 'premiuminfo-503-once');
  await until(async () => (await savedRun(popup))?.stage === 'handed_over');
  e2e.proxy.cut();
  e2e.proxy.mend();
  await popup.waitForSelector('[data-verdict="match"]');
  expect(tokensSpent()).toBe(1);
});

test('the backend is away when the code arrives: the popup says so, keeps it, and hands it over once (C16)', async () => {
  const popup = await e2e.popup();
  const cut = e2e.proxy.cutAfter(RUN_OPENED);
  await chooseAndRun(popup, 'match');
  await cut;
  await popup.waitForSelector('[data-not-saved]');
  expect((await savedRun(popup))?.run.verdict).toBeNull();
  e2e.proxy.mend();
  await popup.click('#hand-over-again');
  await popup.waitForSelector('[data-verdict="match"]');
  expect(tokensSpent()).toBe(1);
});

test('the database is away at Run and in mid-run: the popup says so both times, keeps form and code, and the run goes on (S9)', async () => {
  const popup = await e2e.popup();
  database = 'away';
  await chooseAndRun(popup, 'match');
  await popup.waitForSelector('.form [data-problem="backend_storage_away"] dl');
  expect(await popup.$eval('#number', (field) => (field as HTMLInputElement).value)).not.toBe('');
  database = 'leaving';
  await popup.click('#run');
  await popup.waitForSelector('[data-not-saved="backend_storage_away"] #held-code');
  expect((await savedRun(popup))?.run).toMatchObject({ verdict: null, failure: null });
  database = 'there';
  await popup.click('#hand-over-again');
  await popup.waitForSelector('[data-verdict="match"]');
  expect(tokensSpent()).toBe(1);
});

// The last, because all pages of the extension go with it.
test('an update in mid-run whose worker does not start is said and cured in the popup, and the run ends as interrupted (X8, X9)', async () => {
  await becomeDeveloper();
  const popup = await e2e.popup();
  await chooseAndRun(popup, 'hop-hangs');
  await popup.waitForSelector('[data-hop="2"]');
  const { run } = await readSeenRun(popup);
  // A hop is shown as soon as it has ended, and on disk a moment later.
  await until(async () => (await hopsOnDisk(popup))[0]?.report.hops.length === 2);
  const worker = join(folder, 'background.js');
  writeFileSync(worker, 'import {');
  await reloadExtension(() => popup.evaluate('chrome.runtime.reload()'));

  const page = await e2e.browser.newPage();
  // Refused as long as the extension is on its way.
  await until(() => page.goto(`${e2e.extensionOrigin}/popup.html`).then(Boolean, () => false));
  await page.waitForSelector('[data-background-gone]');
  expect(await page.$('#run')).toBeNull();
  cpSync(join(extensionFolder('e2e'), 'background.js'), worker);
  await reloadExtension(() => page.click('#reload-extension'));

  // Reported by the new worker, of what was kept on disk: nobody has opened a page.
  await until(async () => (await e2e.readRun(run.id)).verdict !== null);
  const ended = await e2e.readRun(run.id);
  expect(ended).toMatchObject({ verdict: 'interrupted', failure: null, chainEnd: { kind: 'interrupted' } });
  expect(ended.hops.map(({ status }) => status)).toEqual([302, 302]);
});

/** Chromium disables an unpacked extension that is reloaded where nobody is a developer. */
async function becomeDeveloper(): Promise<void> {
  const page = await e2e.browser.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate('chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })');
  await page.close();
}

/** Done when every page of the extension has gone. */
async function reloadExtension(ask: () => Promise<unknown>): Promise<void> {
  // Whoever asks goes with the rest, and may not come to answer.
  await ask().catch(() => undefined);
  await until(() =>
    e2e.browser.targets().every((one) => one.type() !== 'page' || !one.url().startsWith(e2e.extensionOrigin)),
  );
}

/** A store that does what `database` says. */
function storeThatLeaves(): RunStore {
  const memory = createMemoryRunStore();
  const unlessAway = <Asked extends unknown[], Answer>(ask: (...asked: Asked) => Promise<Answer>) => {
    return async (...asked: Asked): Promise<Answer> => {
      if (database === 'away') throw storageUnavailable(null);
      return ask(...asked);
    };
  };
  return {
    ...memory,
    create: unlessAway(async (...asked) => {
      const created = await memory.create(...asked);
      if (database === 'leaving') database = 'away';
      return created;
    }),
    append: unlessAway(memory.append),
    read: unlessAway(memory.read),
  };
}
