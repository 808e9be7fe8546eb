import type { Browser, Page } from 'puppeteer-core';

import { chooseAndRun, pair, type SeenRun, waitForVerdict } from '../../backend/demo/drive-popup.ts';
import { type Stage, type StageOptions, setStage } from '../../backend/demo/stage.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import type { Run } from '../../protocol/run.ts';
import { extensionFolder } from './built-extension.ts';
import { inAllForms, refuseSecrets, secretsOf, watchStore } from './secret-scan.ts';
import type { ExtensionPage, StagedBrowser } from './staged-browser.ts';
import { stageChromium } from './staged-chromium.ts';
import { type StagedFirefox, stageFirefox } from './staged-firefox.ts';
import { type SwitchableProxy, startSwitchableProxy } from './switchable-proxy.ts';

/**
 * A real browser with the extension, the simulated operator, a backend, and a wire to it that can be cut.
 *
 * `startE2e()` stages Chromium, `startE2e({ browser: 'firefox' })` Firefox, and a table of scenarios runs in either:
 * write it against this interface. In Firefox the popup is a tab, `killWorker` ends the event page, and `firefox`
 * sets preferences and runs scripts with the browser's own rights. Firefox takes five seconds to start: one a file.
 */
export interface E2eStage extends Stage {
  browser: Browser;
  /** What only Firefox has; null in Chromium. */
  firefox: StagedFirefox | null;
  proxy: SwitchableProxy;
  extensionOrigin: string;
  /** Every line the backend logged. */
  logLines: string[];
  /** The popup, opened if it is not, paired if it was not. */
  popup(): Promise<Page>;
  /** An extension page that shows no run and keeps nothing awake. */
  plainPage(): Promise<Page>;
  /** Any page of the extension in a tab; `hash` is what follows its path. */
  openPage(path: ExtensionPage, hash?: string): Promise<Page>;
  /** Runs one scenario through the popup; the run as the backend has it. */
  run(popup: Page, scenario: string): Promise<Run>;
  /** Ends the extension's worker as the browser may at any time. */
  killWorker(): Promise<void>;
  hasWorker(): Promise<boolean>;
}

export interface E2eOptions extends StageOptions {
  browser?: 'chromium' | 'firefox';
  /** `e2e` is what ships, with the hosts of the test bench allowed. */
  build?: 'e2e' | 'production';
  /** Chains are walked in tabs, where Chromium may open a connection to redirect_uri's host and ask for nothing (docs/facts.md). */
  tabs?: boolean;
  /** The extension to load instead of a build of ours. */
  folder?: string;
  /** Chromium only. */
  extraArgs?: string[];
  otherExtensions?: string[];
  /** Firefox only. */
  prefs?: Record<string, unknown>;
}

export async function startE2e({
  browser: wanted = 'chromium',
  build = 'e2e',
  tabs = false,
  folder,
  extraArgs = [],
  otherExtensions = [],
  prefs = {},
  ...options
}: E2eOptions = {}): Promise<E2eStage> {
  const logLines: string[] = [];
  const runs = watchStore(options.store ?? createMemoryRunStore());
  const log = { level: 'trace', write: (line: string) => void logLines.push(line) };
  const stage = await setStage({ log, ...options, store: runs });
  const proxy = await startSwitchableProxy(Number(new URL(stage.backendUrl).port));
  const pairingLine = `http://127.0.0.1:${proxy.port}/#${stage.accessKey}`;
  const { operator } = stage;
  const loaded = { operator, extensionFolder: folder ?? extensionFolder(build, wanted) };
  const firefox = wanted === 'firefox' ? await stageFirefox({ ...loaded, prefs }) : null;
  const staged: StagedBrowser = firefox ?? (await stageChromium({ ...loaded, extraArgs, otherExtensions }));
  const { browser, extensionOrigin } = staged;
  let paired = false;

  return {
    ...stage,
    browser,
    firefox,
    proxy,
    pairingLine,
    extensionOrigin,
    logLines,
    async popup() {
      const open = browser.targets().find((one) => one.url().endsWith('/popup.html'));
      if (open) return open.asPage();
      const popup = await staged.openPopup();
      if (!paired) await pair(popup, pairingLine);
      paired = true;
      return popup;
    },
    plainPage: () => staged.openPage('options.html'),
    openPage: staged.openPage,
    async run(popup, scenario) {
      await chooseAndRun(popup, scenario);
      const seen: SeenRun = await waitForVerdict(popup);
      return stage.readRun(seen.run.id);
    },
    killWorker: staged.killBackground,
    hasWorker: staged.hasBackground,
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
      const { redirectUri, redirectUriRequests } = stage.operator.counters;
      if ((tabs ? redirectUriRequests : redirectUri) > 0) throw new Error('redirect_uri was contacted');
    },
  };
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
