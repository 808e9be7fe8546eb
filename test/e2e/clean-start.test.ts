import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startOver } from '../../backend/demo/drive-popup.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';

/** What the simulated operator's first host hands out, and its last hop wants back. */
const SESSION = 'vf-gw';

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  let e2e: E2eStage;
  let popup: Page;

  beforeAll(async () => {
    e2e = await startE2e({ browser, prefs: { 'extensions.webextOptionalPermissionPrompts': false } });
    popup = await e2e.popup();
  });
  afterAll(() => e2e?.close());
  const only = (wanted: typeof browser): typeof test | (() => void) => (wanted === browser ? test : () => {});

  test('the preflight says what it saw: a request of our own, http that stays http, clocks that agree (A15)', async () => {
    await popup.waitForSelector('[data-preflight="quiet"]');
    expect(await codes(popup)).toEqual({
      link: 'link_untold',
      hosts: 'hosts_allowed',
      backend: 'backend_here',
      upgrade: 'upgrade_stayed',
      proxy: browser === 'firefox' ? 'proxy_none' : 'proxy_not_told',
      clock: 'clock_ok',
      listener: 'listener_seen',
    });
  });

  test('a backend whose clock is off, or that is away, is said before a run is tried', async () => {
    await popup.click('#preflight summary');
    e2e.proxy.shiftClock(300_000);
    await lookUntil(popup, 'clock', 'clock_ahead');
    e2e.proxy.shiftClock(0);
    e2e.proxy.cut();
    await lookUntil(popup, 'backend', 'backend_gone');
    e2e.proxy.mend();
    await lookUntil(popup, 'backend', 'backend_here');
  });

  only('firefox')('http that this browser turns into https, and a proxy, are seen (A15, A44)', async () => {
    await e2e.firefox?.setPref('dom.security.https_only_mode', true);
    await lookUntil(popup, 'upgrade', 'upgrade_upgraded');
    await e2e.firefox?.setPref('dom.security.https_only_mode', false);
    await e2e.firefox?.setPref('network.proxy.http', '127.0.0.1');
    await e2e.firefox?.setPref('network.proxy.http_port', e2e.proxy.port);
    await e2e.firefox?.setPref('network.proxy.type', 1);
    await lookUntil(popup, 'proxy', 'proxy_proxied');
    await e2e.firefox?.setPref('network.proxy.type', 5);
    await lookUntil(popup, 'proxy', 'proxy_none');
  });

  test('what an earlier run received is not sent again, and what no run received stays', async () => {
    if (browser === 'firefox') {
      await allowCookies(e2e);
      await popup.bringToFront();
    }
    const first = await e2e.run(popup, 'match');
    expect(first).toMatchObject({ verdict: 'match', cleanStart: { kind: 'received', removed: 0, left: 0 } });
    expect(first.hops[0]?.cookiesSet).toContain(SESSION);
    await setOwnCookie(popup, first);
    const second = await again(e2e, popup);
    expect(second).toMatchObject({ verdict: 'match', cleanStart: { kind: 'received', left: 0 } });
    expect(second.cleanStart?.removed).toBeGreaterThan(0);
    expect(second.hops[0]?.cookiesSent).toEqual(['mine']);
  });

  test('switched off it leaves everything, all of it takes everything, and the run says which', async () => {
    await choose(popup, 'off');
    const kept = await again(e2e, popup, { started: true });
    expect(kept.cleanStart).toEqual({ kind: 'off', removed: 0, left: 0 });
    expect(kept.hops[0]?.cookiesSent).toEqual(expect.arrayContaining(['mine', SESSION]));
    await choose(popup, 'all');
    const bare = await again(e2e, popup, { started: true });
    expect(bare.cleanStart).toMatchObject({ kind: 'all', left: 0 });
    expect(bare.hops[0]?.cookiesSent).toEqual([]);
  });

  test('of cookies their names are remembered, and never a value (PR3)', async () => {
    const kept = await popup.evaluate('chrome.storage.local.get().then(JSON.stringify)');
    expect(kept).toContain(SESSION);
    // So is the host that plain http was asked of, for profiles that name none.
    expect(JSON.parse(String(kept)).httpHosts).toEqual({ simulated: 'he.operator.test' });
    // The stage looks at its end whether any value is in there.
  });
});

function codes(page: Page): Promise<Record<string, string>> {
  return page.$$eval('[data-seen]', (all) =>
    Object.fromEntries(
      all.map((one) => [(one as HTMLElement).dataset.seen, (one as HTMLElement).dataset.code]),
    ),
  );
}

async function lookUntil(page: Page, name: string, code: string): Promise<void> {
  await page.waitForSelector('#look-again:not([disabled])');
  await page.click('#look-again');
  await page.waitForSelector(`[data-seen="${name}"][data-code="${code}"]`);
  await page.waitForSelector('#look-again:not([disabled])');
}

/** On the page that the popup leads to, because Firefox's question would close the popup. */
async function allowCookies(e2e: E2eStage): Promise<void> {
  const page = await e2e.openPage('inspector.html', '#/hosts/simulated');
  await page.waitForSelector('#allow-cookies');
  await page.click('#allow-cookies');
  await page.waitForSelector('#allow-cookies', { hidden: true });
  await page.close();
}

/** As a person's own visit would have left it. */
async function setOwnCookie(page: Page, run: Run): Promise<void> {
  const url = new URL(run.hops[0]?.url ?? '').origin;
  await page.evaluate(`chrome.cookies.set({ url: '${url}', name: 'mine', value: 'own', secure: true })`);
}

async function choose(popup: Page, choice: string): Promise<void> {
  await startOver(popup);
  if (!(await popup.$('#preflight[open]'))) await popup.click('#preflight summary');
  await popup.select('#clean-start', choice);
}

async function again(e2e: E2eStage, popup: Page, { started = false } = {}): Promise<Run> {
  if (!started) await startOver(popup);
  return e2e.run(popup, 'match');
}
