/** Firefox, driven over WebDriver BiDi, which can also run scripts with the browser's own rights. */
import puppeteer, { type Browser } from 'puppeteer-core';

import { hostnameOf } from '../../backend/simulator/hosts.ts';
import type { SimulatedOperator } from '../../backend/simulator/simulated-operator.ts';
import { findFirefox } from '../../setup.mjs';
import { patient, type StagedBrowser, type StagedBrowserOptions, until } from './staged-browser.ts';

/** As in the manifest, and the host part of the extension's own URLs, which Firefox otherwise makes up. */
const ADDON_ID = 'number-verify-inspector@number-verify-inspector.example';
const UUID = '7b3f0c1e-54a5-4a7c-9a69-2b5d1a2f8c11';
const UUIDS = 'extensions.webextensions.uuids';
const KNOWN_UUID = JSON.stringify({ [ADDON_ID]: UUID });

/** Whatever it is waiting for, a listener's answer included. */
const AT_ONCE = '{ ignoreDevToolsAttached: true, disableResetIdleForTest: true }';

/** Also what a policy forbade: Firefox tells a page's own console nothing of that. */
const ERRORS = `Services.console.getMessageArray()
  .filter((one) => one instanceof Ci.nsIScriptError && !(one.flags & Ci.nsIScriptError.warningFlag))
  // Of a page that was closed with a question open.
  .filter((one) => !one.errorMessage.includes('context unloaded'))
  .filter((one) => (one.sourceName + one.errorMessage).includes('${UUID}'))
  .map((one) => one.errorMessage + ' ' + one.sourceName + ':' + one.lineNumber)`;

/**
 * Nobody looks: nothing moves, ten pictures a second are enough, no process is started for a tab that may come, no
 * session is written down for a next start, and no script is optimised for the hours it will not run.
 */
const PLAINLY_DRAWN = {
  'ui.prefersReducedMotion': 1,
  'layout.frame_rate': 10,
  'dom.ipc.processPrelaunch.enabled': false,
  'dom.ipc.processCount.webIsolated': 1,
  'browser.sessionstore.interval': 600_000,
  'javascript.options.ion': false,
};

/** Milliseconds a start may take on a machine that is busy. */
const LAUNCH_MS = 120_000;

export interface StagedFirefox extends StagedBrowser {
  /** Evaluates a script in the browser's own window: `Services`, `WebExtensionPolicy` and all. Answers plain values. */
  inBrowser<Value>(script: string): Promise<Value>;
  /** Puts another build in the place of the extension; its pages have gone, and it is not paired. */
  replaceExtension(folder: string): Promise<void>;
  /** Errors of the extension's own pages and background, from Firefox's own console. */
  errors(): Promise<string[]>;
  /** The colours of all pages from now on. */
  wear(scheme: 'light' | 'dark'): Promise<void>;
  /** Sets a preference from now on. */
  setPref(name: string, value: string | number | boolean): Promise<void>;
}

export interface StagedFirefoxOptions extends StagedBrowserOptions {
  prefs?: Record<string, unknown>;
}

export async function stageFirefox({
  operator,
  extensionFolder,
  prefs = {},
}: StagedFirefoxOptions): Promise<StagedFirefox> {
  const firefox = findFirefox();
  if (!firefox) throw new Error('No Firefox was found; setup.mjs says how to get one');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefox.path,
    headless: true,
    timeout: LAUNCH_MS,
    enableExtensions: true,
    defaultViewport: null,
    args: ['-remote-allow-system-access'],
    extraPrefsFirefox: {
      [UUIDS]: KNOWN_UUID,
      ...PLAINLY_DRAWN,
      ...(operator ? leadTo(operator) : {}),
      ...prefs,
    },
  });
  const inBrowser = <Value>(script: string) => evaluateInBrowser<Value>(browser, script);
  if (operator) await trust(inBrowser, operator);
  await browser.installExtension(extensionFolder);
  const extensionOrigin = `moz-extension://${UUID}`;
  const extension = `WebExtensionPolicy.getByID(${JSON.stringify(ADDON_ID)}).extension`;
  const hasBackground = async () => (await inBrowser(`${extension}.backgroundState`)) !== 'stopped';
  const openPage: StagedFirefox['openPage'] = async (path, hash = '') => {
    const page = patient(await browser.newPage());
    // Never answered for a page of an extension; what is waited for is the page itself, in whichever process it comes up.
    page.goto(`${extensionOrigin}/${path}${hash}`).catch(() => undefined);
    await until(() =>
      page.$('#app > *').then(
        (found) => found !== null,
        () => false,
      ),
    );
    return page;
  };
  const setPref: StagedFirefox['setPref'] = async (name, value) => {
    const setter = { string: 'setStringPref', number: 'setIntPref', boolean: 'setBoolPref' }[
      typeof value as 'string' | 'number' | 'boolean'
    ];
    await inBrowser(`Services.prefs.${setter}(${JSON.stringify(name)}, ${JSON.stringify(value)})`);
  };
  return {
    browser,
    extensionOrigin,
    openPage,
    async openPopup() {
      const popup = await openPage('popup.html');
      await popup.waitForSelector('#pairing-line, #run, [data-lamp]');
      return popup;
    },
    async killBackground() {
      // Not looked for afterwards: a page that watches wakes a new one at once.
      await inBrowser(`${extension}.terminateBackground(${AT_ONCE})`);
    },
    hasBackground,
    inBrowser,
    async replaceExtension(folder) {
      await browser.uninstallExtension(ADDON_ID);
      // Forgotten with the extension.
      await setPref(UUIDS, KNOWN_UUID);
      await browser.installExtension(folder);
    },
    errors: () => inBrowser(ERRORS),
    wear: (scheme) => setPref('layout.css.prefers-color-scheme.content-override', scheme === 'dark' ? 0 : 1),
    setPref,
  };
}

/**
 * Its names to this machine, and the two ports a URL does not name to the operator's: what Chromium's resolver rules do,
 * but for all names alike, so that a host that refuses, or speaks no TLS, cannot be told apart from the others.
 */
function leadTo({ hosts, ports, redirectUri }: SimulatedOperator): Record<string, string> {
  const extra = (['other', 'untrusted', 'no-handshake', 'portal'] as const).map((label) =>
    hostnameOf(label, 'tls'),
  );
  const names = [...hosts.map(({ pattern }) => pattern), new URL(redirectUri).hostname, ...extra];
  return {
    'network.dns.localDomains': [...new Set(names)].join(','),
    'network.socket.forcePort': `80=${ports.http};443=${ports.tls}`,
  };
}

/**
 * Into this profile's own certificate store: real trust, so that HSTS counts. `acceptInsecureCerts` would switch both off.
 */
async function trust(
  inBrowser: StagedFirefox['inBrowser'],
  { certificate }: SimulatedOperator,
): Promise<void> {
  const der = certificate?.replace(/-----[^-]+-----|\s/g, '');
  if (!der) return;
  await inBrowser(
    `void Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB).addCertFromBase64('${der}', 'C,,')`,
  );
}

/** The one thing puppeteer has no method for: WebDriver BiDi in Firefox's chrome scope. */
interface Bidi {
  connection: { send(method: string, params: object): Promise<{ result: never }> };
}

async function evaluateInBrowser<Value>(browser: Browser, script: string): Promise<Value> {
  const { connection } = browser as unknown as Bidi;
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 });
  const [{ context }] = (tree.result as { contexts: [{ context: string }] }).contexts;
  const reply = await connection.send('script.evaluate', {
    expression: `(async () => JSON.stringify(await (${script})) ?? 'null')()`,
    awaitPromise: true,
    target: { context },
  });
  const said = reply.result as { result?: { value: string }; exceptionDetails?: { text: string } };
  if (!said.result) throw new Error(`In Firefox: ${said.exceptionDetails?.text}`);
  return JSON.parse(said.result.value) as Value;
}
