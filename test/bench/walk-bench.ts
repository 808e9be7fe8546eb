import type { Browser, CDPSession, Page } from 'puppeteer-core';

import type { HostRule } from '#protocol/profile.ts';

import { pair } from '../../backend/demo/drive-popup.ts';
import {
  isBackground,
  launchChromium,
  openExtensionPage,
  openPopup,
} from '../../backend/demo/launch-chromium.ts';
import { setStage } from '../../backend/demo/stage.ts';
import type { ServerProfile } from '../../backend/legs/provider.ts';
import { findChromium } from '../../setup.mjs';
import { startChainServer } from './chain-server.ts';
import { median } from './median.ts';

const HOPS = 6;
const ROUNDS = 41;
const WARM_UP = 6;

/**
 * The product's own walk (permission check and journal on) beside the browser following the same chain by itself, bare
 * and with the walk's listeners on: alternating in one run, in one worker, medians. Six requests each; the walk stops
 * before redirect_uri, and the followed chain's last hop answers 200.
 */
export async function benchWalk(extensionFolder: string): Promise<Record<string, unknown>[]> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found.');
  const server = await startChainServer(HOPS);
  const rows: Record<string, unknown>[] = [];
  for (const delayMs of [15, 0]) {
    const stage = await setStage({
      adjust: (simulated) =>
        onChain(simulated, server.startUrl(delayMs, 'https://app.relying-party.test/callback')),
    });
    const browser = await launchChromium({
      executablePath: chromium.path,
      extensionFolder,
      operator: null,
      headless: true,
      extraArgs: [`--host-resolver-rules=MAP *.operator.test:80 127.0.0.1:${server.port}`],
    });
    try {
      const quiet = await openExtensionPage(browser, 'options.html');
      const popup = await openPopup(browser, quiet);
      await pair(popup, stage.pairingLine);
      await popup.close();
      const worker = await workerOf(browser);
      const walks: number[] = [];
      const follows: number[] = [];
      const observed: number[] = [];
      for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
        const walk = await walkOnce(quiet);
        const follow = await followOnce(worker, server.startUrl(delayMs, null), false);
        const followObserved = await followOnce(worker, server.startUrl(delayMs, null), true);
        if (round < WARM_UP) continue;
        walks.push(walk);
        follows.push(follow);
        observed.push(followObserved);
      }
      const [walkMs, followMs, observedMs] = [median(walks), median(follows), median(observed)];
      rows.push({
        hopMs: delayMs,
        rounds: ROUNDS,
        walkMs: round2(walkMs),
        followObservedMs: round2(observedMs),
        followMs: round2(followMs),
        'walk / follow observed': round2(walkMs / observedMs),
        'walk / follow': round2(walkMs / followMs),
      });
    } finally {
      await browser.close();
      await stage.close();
    }
  }
  await server.close();
  return rows;
}

function onChain(simulated: ServerProfile, authorizeUrl: string): ServerProfile {
  const hosts: HostRule[] = [{ pattern: '*.operator.test', role: 'gateway', scheme: 'either' }];
  return { ...simulated, profile: { ...simulated.profile, authorizeUrl, hosts } };
}

/** A bare session with the worker: puppeteer's own would watch its network and slow every request down. */
async function workerOf(browser: Browser): Promise<CDPSession> {
  return (await browser.waitForTarget(isBackground)).createCDPSession();
}

/** One run started as the popup starts it; what it took is what the run record says of its chain. */
async function walkOnce(popup: Page): Promise<number> {
  return (await popup.evaluate(`(async () => {
    const ended = new Promise((resolve) => {
      chrome.storage.session.onChanged.addListener(function seen({ savedRun }) {
        if (savedRun?.newValue?.stage !== 'done') return;
        chrome.storage.session.onChanged.removeListener(seen);
        resolve(savedRun.newValue.run);
      });
    });
    const start = { type: 'start', number: '+447700900901', country: 'GB', mask: '+44 •••• •••901', profileId: 'simulated', scenario: null, expectation: 'match', capture: 'fetch' };
    const reply = await chrome.runtime.sendMessage(start);
    if (!reply.ok) throw new Error(reply.problem.code);
    const run = await ended;
    if (run.hops.length !== ${HOPS} || run.chainEnd.kind !== 'callback') throw new Error('The chain was not walked to its end');
    return run.chainEnd.atMs;
  })()`)) as number;
}

/** `observed` is what it takes to see the hops of a followed chain at all: the listeners the walk has on. */
async function followOnce(worker: CDPSession, url: string, observed: boolean): Promise<number> {
  const expression = `(async () => {
    const { webRequest } = chrome;
    const seen = () => {};
    const filter = { urls: ['http://*/*', 'https://*/*'], types: ['xmlhttprequest'] };
    const [request, response] = [['requestHeaders', 'extraHeaders'], ['responseHeaders', 'extraHeaders']];
    const listened = ${observed} ? [
      [webRequest.onBeforeRequest], [webRequest.onSendHeaders, request], [webRequest.onHeadersReceived, response],
      [webRequest.onBeforeRedirect, response], [webRequest.onCompleted], [webRequest.onErrorOccurred],
    ] : [];
    for (const [event, options] of listened) options ? event.addListener(seen, filter, options) : event.addListener(seen, filter);
    const started = performance.now();
    const answer = await fetch(${JSON.stringify(url)}, { credentials: 'include', cache: 'no-store', referrerPolicy: 'no-referrer' });
    const took = performance.now() - started;
    for (const [event] of listened) event.removeListener(seen);
    if (!answer.ok) throw new Error('followed to ' + answer.status);
    return took;
  })()`;
  const { result, exceptionDetails } = await worker.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as number;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
