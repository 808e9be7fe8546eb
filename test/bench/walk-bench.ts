import type { Page } from 'puppeteer-core';

import type { HostRule } from '#protocol/profile.ts';

import { buildExtension } from '../../backend/demo/build-extension.ts';
import { pair } from '../../backend/demo/drive-popup.ts';
import { isBackground } from '../../backend/demo/launch-chromium.ts';
import { setStage } from '../../backend/demo/stage.ts';
import type { ServerProfile } from '../../backend/legs/provider.ts';
import type { StagedBrowser } from '../support/staged-browser.ts';
import { stageChromium } from '../support/staged-chromium.ts';
import { stageFirefox } from '../support/staged-firefox.ts';
import { startChainServer } from './chain-server.ts';
import { median } from './median.ts';

const HOPS = 6;
const ROUNDS = 41;
const WARM_UP = 6;

type Evaluate = (expression: string) => Promise<unknown>;

interface Benched {
  name: string;
  stage(extensionFolder: string, port: number): Promise<StagedBrowser>;
  /** Where the followed chain is fetched. */
  follower(staged: StagedBrowser, quiet: Page): Promise<Evaluate>;
}

const CHROMIUM: Benched = {
  name: 'Chromium',
  stage: (extensionFolder, port) =>
    stageChromium({
      operator: null,
      extensionFolder,
      extraArgs: [`--host-resolver-rules=MAP *.operator.test:80 127.0.0.1:${port}`],
    }),
  /** In the worker, by a bare session: puppeteer's own would watch its network and slow every request down. */
  async follower({ browser }) {
    const worker = await (await browser.waitForTarget(isBackground)).createCDPSession();
    return async (expression) => {
      const options = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await worker.send('Runtime.evaluate', options);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
  },
};

const FIREFOX: Benched = {
  name: 'Firefox',
  stage: (extensionFolder, port) =>
    stageFirefox({
      operator: null,
      extensionFolder,
      prefs: {
        'network.dns.localDomains': Array.from(
          { length: HOPS },
          (_, at) => `h${at + 1}.operator.test`,
        ).join(),
        'network.socket.forcePort': `80=${port}`,
        // Or every time would be a whole number.
        'privacy.reduceTimerPrecision': false,
      },
    }),
  /** In a page of the extension: no driver reaches the event page, and both live in one process. */
  follower: async (_, quiet) => (expression) => quiet.evaluate(expression),
};

/**
 * The product's own walk (permission check and journal on), by fetch and in a tab, beside the browser following the same
 * chain by itself, bare and with the walk's listeners on: alternating in one run, in one browser, medians. Six requests
 * each; the walks stop before redirect_uri, and the followed chain's last hop answers 200.
 */
export async function benchWalk(): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (const benched of [CHROMIUM, FIREFOX]) {
    const folder = await buildExtension(benched === FIREFOX ? 'firefox' : 'chrome');
    for (const delayMs of [15, 0]) rows.push(await benchOne(benched, folder, delayMs));
  }
  return rows;
}

async function benchOne(
  benched: Benched,
  extensionFolder: string,
  delayMs: number,
): Promise<Record<string, unknown>> {
  const server = await startChainServer(HOPS);
  const stage = await setStage({
    adjust: (simulated) =>
      onChain(simulated, server.startUrl(delayMs, 'https://app.relying-party.test/callback')),
  });
  const staged = await benched.stage(extensionFolder, server.port);
  try {
    const quiet = await staged.openPage('options.html');
    const popup = await staged.openPopup();
    await pair(popup, stage.pairingLine);
    await popup.close();
    const follower = await benched.follower(staged, quiet);
    const times: Record<'walk' | 'tab' | 'follow' | 'observed', number>[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      const took = {
        walk: await walkOnce(quiet, 'fetch'),
        tab: await walkOnce(quiet, 'tab'),
        follow: await followOnce(follower, server.startUrl(delayMs, null), false),
        observed: await followOnce(follower, server.startUrl(delayMs, null), true),
      };
      if (round >= WARM_UP) times.push(took);
    }
    const of = (what: keyof (typeof times)[number]) => median(times.map((took) => took[what]));
    return {
      browser: benched.name,
      hopMs: delayMs,
      rounds: ROUNDS,
      walkMs: round2(of('walk')),
      tabMs: round2(of('tab')),
      followObservedMs: round2(of('observed')),
      followMs: round2(of('follow')),
      'walk / follow observed': round2(of('walk') / of('observed')),
      'walk / follow': round2(of('walk') / of('follow')),
      'tab / walk': round2(of('tab') / of('walk')),
    };
  } finally {
    await staged.browser.close();
    await stage.close();
    await server.close();
  }
}

function onChain(simulated: ServerProfile, authorizeUrl: string): ServerProfile {
  const hosts: HostRule[] = [{ pattern: '*.operator.test', role: 'gateway', scheme: 'either' }];
  return { ...simulated, profile: { ...simulated.profile, authorizeUrl, hosts } };
}

/** One run started as the popup starts it; what it took is what the run record says of its chain. */
async function walkOnce(page: Page, capture: 'fetch' | 'tab'): Promise<number> {
  return (await page.evaluate(`(async () => {
    const ended = new Promise((resolve) => {
      chrome.storage.session.onChanged.addListener(function seen({ savedRun }) {
        if (savedRun?.newValue?.stage !== 'done') return;
        chrome.storage.session.onChanged.removeListener(seen);
        resolve(savedRun.newValue.run);
      });
    });
    const start = { type: 'start', number: '+447700900901', country: 'GB', mask: '+44 •••• •••901', profileId: 'simulated', scenario: null, expectation: 'match', capture: '${capture}' };
    const reply = await chrome.runtime.sendMessage(start);
    if (!reply.ok) throw new Error(reply.problem.code);
    const run = await ended;
    if (run.hops.length !== ${HOPS} || run.chainEnd.kind !== 'callback') throw new Error('The chain was not walked to its end');
    return run.chainEnd.atMs;
  })()`)) as number;
}

/** `observed` is what it takes to see the hops of a followed chain at all: the listeners the walk has on. */
async function followOnce(evaluate: Evaluate, url: string, observed: boolean): Promise<number> {
  return (await evaluate(`(async () => {
    const { webRequest } = chrome;
    const seen = () => {};
    const filter = { urls: ['http://*/*', 'https://*/*'], types: ['xmlhttprequest'] };
    const extra = location.protocol === 'moz-extension:' ? [] : ['extraHeaders'];
    const [request, response] = [['requestHeaders', ...extra], ['responseHeaders', ...extra]];
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
  })()`)) as number;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
