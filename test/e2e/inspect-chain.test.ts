import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type E2eStage, startE2e } from '../support/e2e-stage.ts';

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  let e2e: E2eStage;
  let page: Page;
  /** A host of somebody's, on this machine; what it was asked, in order. */
  let sink: Server;
  let sinkUrl: string;
  const asked: string[] = [];

  beforeAll(async () => {
    sink = createServer(({ url = '' }, response) => {
      asked.push(url);
      if (url.startsWith('/hang')) return;
      if (url.startsWith('/authorize'))
        response.writeHead(302, { location: '/callback?code=the-code-1234&state=s-1234' });
      else response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<title>Welcome</title>');
    });
    await new Promise<void>((listening) => sink.listen(0, '127.0.0.1', listening));
    sinkUrl = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
    e2e = await startE2e({ browser });
    // As freshly installed: nothing is paired.
    page = await e2e.openPage('inspector.html', '#/inspect');
  });
  afterAll(async () => {
    await e2e?.close();
    sink?.close();
    sink?.closeAllConnections();
  });

  /** Pastes it, and has it walked. */
  async function walk(url: string): Promise<void> {
    const paste = (field: Element, text: string) => {
      (field as HTMLTextAreaElement).value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    await page.$eval('#inspect-url', paste, url);
    await page.waitForSelector('#walk:not([disabled])');
    await page.click('#walk');
  }
  const kept = () => page.evaluate('chrome.storage.session.get().then(JSON.stringify)') as Promise<string>;

  /** The URL of a run, as a developer would paste it. */
  async function authorizeUrl(scenario: string): Promise<string> {
    const now = Date.now();
    const response = await fetch(`${e2e.backendUrl}/v1/runs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${e2e.accessKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: crypto.randomUUID(),
        profileId: 'simulated',
        scenario,
        capture: 'fetch',
        startedAt: now,
        utcOffsetMinutes: 0,
        localDay: new Date(now).toISOString().slice(0, 10),
        number: null,
        conditions: {},
        expectation: 'match',
      }),
    });
    return ((await response.json()) as { authorizeUrl: string }).authorizeUrl;
  }

  describe('any chain, pasted into an extension that knows no backend', () => {
    test('is walked to the redirect_uri it names, which is not asked, and the code goes to nobody (PR1, PR3)', async () => {
      const url = await authorizeUrl('match');
      await walk(url);
      await page.waitForSelector('[data-inspected="callback"]');
      expect(await page.$$eval('[data-hop]', (hops) => hops.length)).toBeGreaterThan(3);
      expect(e2e.operator.counters).toMatchObject({ redirectUri: 0, token: 0 });
      const state = new URL(url).searchParams.get('state') ?? '';
      expect(state.length).toBeGreaterThan(20);
      for (const secret of [state, ...e2e.operator.issuedSecrets()])
        expect(await kept()).not.toContain(secret);
      expect(await page.evaluate('chrome.storage.local.get()')).toEqual({});
    });

    test('names why it failed as a run would, and is forgotten when it is asked to be', async () => {
      await walk(await authorizeUrl('wifi-access-denied'));
      await page.waitForSelector('[data-inspected^="authorize."]');
      expect(await page.$$('.verdict .evidence')).not.toHaveLength(0);
      await page.click('#forget-inspected');
      await page.waitForFunction("!document.querySelector('.run-view')");
      expect(JSON.parse(await kept())).toEqual({});
    });
  });

  describe('a chain whose request names no redirect_uri', () => {
    const answers = () => asked.filter((url) => url.startsWith('/callback'));

    test('stops before a URL with a code and asks; stopped there, nobody gets it (PR1)', async () => {
      await walk(`${sinkUrl}/authorize?client_id=x&state=s-1234`);
      await page.waitForSelector('[data-waiting="answer"]');
      expect(answers()).toEqual([]);
      await page.click('#stop-here');
      await page.waitForSelector('[data-inspected="callback"]');
      expect(answers()).toEqual([]);
      expect(await kept()).not.toContain('the-code-1234');
    });

    test('goes on where the person says so', async () => {
      await walk(`${sinkUrl}/authorize?client_id=x&state=s-1234`);
      await page.waitForSelector('#go-on');
      await page.click('#go-on');
      await page.waitForSelector('[data-inspected="authorize.html_page"]');
      expect(answers()).toHaveLength(1);
    });

    test('a pasted answer is asked about before anything is sent', async () => {
      const before = asked.length;
      await walk(`${sinkUrl}/callback?code=the-code-1234`);
      await page.waitForSelector('[data-waiting="answer"]');
      await page.click('#cancel-inspection');
      await page.waitForSelector('[data-inspected="cancelled"]');
      expect(asked).toHaveLength(before);
    });
  });

  test('a walk that hangs is cancelled at once', async () => {
    await walk(`${sinkUrl}/hang?client_id=x`);
    await page.waitForSelector('[data-live]');
    await page.click('#cancel-inspection');
    await page.waitForSelector('[data-inspected="cancelled"]');
  });

  test('while it waits no run is started, and a dead worker leaves it as interrupted with its hops', async () => {
    await walk(`${sinkUrl}/authorize?client_id=x`);
    await page.waitForSelector('[data-waiting="answer"]');
    const refused = await page.evaluate(
      "chrome.runtime.sendMessage({ type: 'inspect', url: 'https://x.operator.test/' })",
    );
    expect(refused).toMatchObject({ ok: false, problem: { code: 'run_active' } });
    await e2e.killWorker();
    await page.waitForSelector('[data-inspected="interrupted"]');
    expect(await page.$$('[data-hop]')).toHaveLength(1);
  });
});
