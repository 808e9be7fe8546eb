import { randomBytes } from 'node:crypto';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { buildApp } from '../../backend/build-app.ts';
import { chooseAndRun, pair, waitForVerdict } from '../../backend/demo/drive-popup.ts';
import { launchChromium, openExtensionPage, openPopup } from '../../backend/demo/launch-chromium.ts';
import { listen } from '../../backend/listen.ts';
import { simulatedProfile } from '../../backend/simulated-profile.ts';
import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../backend/simulator/simulated-operator.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import { findChromium } from '../../setup.mjs';
import { extensionFolder } from '../support/built-extension.ts';
import { runUnwatched } from '../support/unwatched-run.ts';

let operator: SimulatedOperator;
let app: Awaited<ReturnType<typeof buildApp>>;
let browser: Browser;
const accessKey = `nvi_${randomBytes(24).toString('base64url')}`;

beforeAll(async () => {
  operator = await startSimulatedOperator({ mode: 'loopback', client: { id: 'client', secret: 'secret' } });
  app = await buildApp({
    store: createMemoryRunStore(),
    profiles: [simulatedProfile(operator)],
    accessKey,
    serverKey: randomBytes(32),
    log: { level: 'silent', write: () => {} },
  });
  browser = await launchChromium({
    executablePath: findChromium()?.path ?? '',
    extensionFolder: extensionFolder('production'),
    operator: null,
    headless: true,
  });
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await operator?.close();
});

test('the extension as it ships runs the simulated operator that npm start offers, with no permission asked', async () => {
  const port = await listen(app, 0);
  const popup = await openPopup(browser, await openExtensionPage(browser, 'options.html'));
  await pair(popup, `http://127.0.0.1:${port}/#${accessKey}`);
  await chooseAndRun(popup, 'match');
  await waitForVerdict(popup);
  expect(await popup.$('[data-verdict="match"]')).not.toBeNull();
  expect(operator.counters.redirectUri).toBe(0);
});

test.each([
  ['A19', 'loop-self', 'authorize.loop'],
  ['A34', 'enrichment-down', 'authorize.connect'],
  ['C3', 'callback-code-twice', 'callback.duplicate_param'],
  ['C12', 'near-path', 'callback.wrong_redirect_uri'],
])('%s: a person can play %s there too, and it is %s', async (_row, scenario, code) => {
  const page = await openExtensionPage(browser, 'options.html');
  const id = await runUnwatched(page, scenario);
  const reply = await app.inject({
    url: `/v1/runs/${id}`,
    headers: { authorization: `Bearer ${accessKey}` },
  });
  expect(reply.json()).toMatchObject({ verdict: 'failed', failure: { code } });
  expect(operator.counters).toMatchObject({ redirectUri: 0, token: 1 });
});
