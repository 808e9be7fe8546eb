import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

import puppeteer, { type Page } from 'puppeteer-core';

import { askPageHouse, buildPages, launchPageChromium } from '../../support/page-house.ts';
import { type Messages, pseudoMessages } from '../../support/pseudo-words.ts';
import { installFakeBrowser, type Seed } from './fake-browser.ts';

/** Milliseconds that anything on a page may take: slow machines are not wrong. */
const PATIENCE_MS = 55_000;
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Where pages find axe: a script with an address is compiled once for all pages of a process. */
export const AXE_PATH = '/axe.min.js';

export interface PageSetting {
  path: 'popup.html' | 'inspector.html' | 'options.html';
  /** What follows the path in the address. */
  hash?: string;
  scheme: 'light' | 'dark';
  width: number;
  height: number;
  touch?: boolean;
  /** In the language that nobody speaks. */
  pseudo?: boolean;
  /** Pixels per CSS pixel; more of them only for people who look. */
  scale?: number;
  seed: Omit<Seed, 'messages'>;
}

/** Opens the extension's built pages in Chromium over http, with the extension APIs played by a fake; under the manifest's CSP if asked. */
export async function openPages({ csp = false } = {}) {
  const house = await askPageHouse();
  const folder = house?.folder ?? (await buildPages());
  const built = join(folder, 'chrome-mv3');
  const messages = JSON.parse(await readFile(join(built, '_locales/en/messages.json'), 'utf8'));

  const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8'));
  const headers = csp ? { 'content-security-policy': manifest.content_security_policy.extension_pages } : {};

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const body = await readFile(path === AXE_PATH ? AXE : join(built, path)).catch(() => null);
    const type = TYPES[extname(path)] ?? 'text/plain';
    // Under this port nothing changes, and most of the time of a page that opens is its scripts.
    const caching = { 'cache-control': 'max-age=3600' };
    response.writeHead(body ? 200 : 404, { 'content-type': type, ...caching, ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const chromium = house
    ? await puppeteer.connect({ browserWSEndpoint: house.wsEndpoint })
    : await launchPageChromium();
  const context = await chromium.createBrowserContext();
  const newPage = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.evaluateOnNewDocument(() => {
      const violations: string[] = [];
      Object.assign(globalThis, { violations });
      addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
    });
    return page;
  };
  let made: Messages | undefined;
  const inPseudo = () => {
    made ??= pseudoMessages(messages);
    return made;
  };
  const played = new WeakMap<Page, string>();
  let visits = 0;

  /** In a page of its own, or in one that was open before, which takes half the time. */
  const open = async (
    { path, hash = '', scheme, width, height, touch = false, pseudo = false, scale = 1, seed }: PageSetting,
    again?: Page,
  ): Promise<Page> => {
    const page = again ?? (await newPage());
    // Where nothing is to be hovered.
    await again?.mouse.move(0, 0);
    await page.setViewport({ width, height, deviceScaleFactor: scale, hasTouch: touch, isMobile: touch });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const before = played.get(page);
    if (before) await page.removeScriptToEvaluateOnNewDocument(before);
    const { identifier } = await page.evaluateOnNewDocument(installFakeBrowser, {
      ...seed,
      messages: pseudo ? inPseudo() : messages,
    });
    played.set(page, identifier);
    // Another hash alone would not load the page anew.
    visits += 1;
    await page.goto(`http://127.0.0.1:${port}/${path}?${visits}${hash}`, { waitUntil: 'load' });
    await page.waitForSelector('.body:not(:has([role="status"])), .runs-page, .inspect-page');
    return page;
  };
  let idle: Page | null = null;
  /** Opens a page for as long as `act` takes, and keeps it for the next: a new one takes twice as long, and compiles every script anew. */
  const use = async <T>(setting: PageSetting, act: (page: Page) => Promise<T>): Promise<T> => {
    const again = idle;
    idle = null;
    const page = await open(setting, again ?? undefined);
    try {
      const done = await act(page);
      if (idle === null) idle = page;
      return done;
    } finally {
      // What was left in the middle of something, or is one too many.
      if (idle !== page) await page.close();
    }
  };
  const close = async () => {
    await context.close();
    server.close();
    if (house) return void (await chromium.disconnect());
    await chromium.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { open, use, close };
}
