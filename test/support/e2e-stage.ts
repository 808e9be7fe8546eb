import type { Browser, Page } from 'puppeteer-core';

import { chooseAndRun, pair, type SeenRun, waitForVerdict } from '../../backend/demo/drive-popup.ts';
import {
  isBackground,
  launchChromium,
  openExtensionPage,
  openPopup,
} from '../../backend/demo/launch-chromium.ts';
import { type Stage, type StageOptions, setStage } from '../../backend/demo/stage.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import type { Run } from '../../protocol/run.ts';
import { findChromium } from '../../setup.mjs';
import { extensionFolder } from './built-extension.ts';
import { inAllForms, refuseSecrets, secretsOf, watchStore } from './secret-scan.ts';
import { type SwitchableProxy, startSwitchableProxy } from './switchable-proxy.ts';

/** A real Chromium with the extension, the simulated operator, a backend, and a wire to it that can be cut. */
export interface E2eStage extends Stage {
  browser: Browser;
  proxy: SwitchableProxy;
  extensionOrigin: string;
  /** Every line the backend logged. */
  logLines: string[];
  /** The real popup, opened if it is not, paired if it was not. */
  popup(): Promise<Page>;
  /** An extension page that shows no run and keeps nothing awake. */
  plainPage(): Promise<Page>;
  /** Runs one scenario through the popup; the run as the backend has it. */
  run(popup: Page, scenario: string): Promise<Run>;
  /** Ends the extension's worker as the browser may at any time. */
  killWorker(): Promise<void>;
  hasWorker(): Promise<boolean>;
}

export interface E2eOptions extends StageOptions {
  build?: 'e2e' | 'production';
  extraArgs?: string[];
  otherExtensions?: string[];
}

export async function startE2e({
  build = 'e2e',
  extraArgs = [],
  otherExtensions = [],
  ...options
}: E2eOptions = {}): Promise<E2eStage> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found; setup.mjs says how to get one');
  const logLines: string[] = [];
  const runs = watchStore(options.store ?? createMemoryRunStore());
  const log = { level: 'trace', write: (line: string) => void logLines.push(line) };
  const stage = await setStage({ log, ...options, store: runs });
  const proxy = await startSwitchableProxy(Number(new URL(stage.backendUrl).port));
  const pairingLine = `http://127.0.0.1:${proxy.port}/#${stage.accessKey}`;
  const browser = await launchChromium({
    executablePath: chromium.path,
    extensionFolder: extensionFolder(build),
    operator: stage.operator,
    headless: true,
    extraArgs,
    otherExtensions,
  });
  const first = await browser.waitForTarget(isBackground);
  const extensionOrigin = first.url().slice(0, -'/background.js'.length);
  let page: Page | null = null;
  let paired = false;

  return {
    ...stage,
    browser,
    proxy,
    pairingLine,
    extensionOrigin,
    logLines,
    async popup() {
      const open = browser.targets().find((one) => one.url().endsWith('/popup.html'));
      if (open) return open.asPage();
      page ??= await openExtensionPage(browser, 'options.html');
      await page.bringToFront();
      const popup = patient(await openPopup(browser, page));
      if (!paired) await pair(popup, pairingLine);
      paired = true;
      return popup;
    },
    plainPage: async () => patient(await openExtensionPage(browser, 'options.html')),
    async run(popup, scenario) {
      await chooseAndRun(popup, scenario);
      const seen: SeenRun = await waitForVerdict(popup);
      return stage.readRun(seen.run.id);
    },
    async killWorker() {
      const targets = await workers(browser);
      const cdp = await browser.target().createCDPSession();
      for (const { targetId } of targets) await cdp.send('Target.closeTarget', { targetId });
      await cdp.detach();
      await until(async () =>
        (await workers(browser)).every(({ targetId }) => !targets.some((one) => one.targetId === targetId)),
      );
    },
    hasWorker: async () => (await workers(browser)).length > 0,
    async close() {
      const left = await leftBehind(browser, extensionOrigin);
      const records = await runs.all();
      await browser.close();
      await proxy.close();
      await stage.close();
      // Over the whole of the tests: no secret is in a line, a record, or what the extension keeps and shows (PR2, PR3).
      const secrets = secretsOf(stage.operator, stage.accessKey);
      refuseSecrets('the log', logLines.join(''), secrets);
      refuseSecrets('a record', JSON.stringify(records), secrets);
      refuseSecrets('what the extension keeps', left.kept, secretsOf(stage.operator));
      // The form shows the number that goes with a scenario, for the person to see.
      refuseSecrets('what the extension shows', left.shown, inAllForms(stage.operator.issuedSecrets()));
      // Over the whole of the tests: what is never requested is never requested (PR1).
      if (stage.operator.counters.redirectUri > 0) throw new Error('redirect_uri was contacted');
    },
  };
}

/** A page on which anything may take as long as slow machines need. */
function patient(page: Page): Page {
  page.setDefaultTimeout(90_000);
  return page;
}

/** What the extension keeps, of its storage for good and of the run it shows, and what its open pages show. */
async function leftBehind(browser: Browser, origin: string): Promise<{ kept: string; shown: string }> {
  const pages = browser.targets().filter((one) => one.type() === 'page' && one.url().startsWith(origin));
  const read = "Promise.all([chrome.storage.local.get(), chrome.storage.session.get('savedRun')])";
  const look = async (script: string) =>
    Promise.all(
      pages.map(async (target) => {
        const page = await target.asPage().catch(() => null);
        // A page that is closing, or whose worker was ended for good, has nothing to tell.
        return page?.evaluate(script).then(String, () => '') ?? '';
      }),
    );
  return {
    kept: (await look(`${read}.then(JSON.stringify)`)).join(),
    shown: (await look('document.documentElement.outerHTML')).join(),
  };
}

/** Asked of the browser itself: attaching to a worker would keep it alive. */
async function workers(browser: Browser): Promise<{ targetId: string }[]> {
  const cdp = await browser.target().createCDPSession();
  const { targetInfos } = await cdp.send('Target.getTargets');
  await cdp.detach();
  return targetInfos.filter(({ type, url }) => type === 'service_worker' && url.endsWith('/background.js'));
}

/** Waits until `seen` holds, looking again every few milliseconds; fails after `withinMs` with what was waited for. */
export async function until(seen: () => Promise<boolean> | boolean, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await seen())) {
    if (Date.now() > end) throw new Error(`Not seen within ${withinMs} ms: ${seen}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
