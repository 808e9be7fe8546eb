import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import puppeteer, { type Page } from 'puppeteer-core';
import { build } from 'wxt';

import { installFakeBrowser, type Seed } from './fake-browser.ts';

const root = new URL('../../..', import.meta.url).pathname;
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export interface PageSetting {
  path: 'popup.html' | 'inspector.html' | 'options.html';
  /** What follows the path in the address. */
  hash?: string;
  scheme: 'light' | 'dark';
  width: number;
  height: number;
  touch?: boolean;
  /** Pixels per CSS pixel; more of them only for people who look. */
  scale?: number;
  seed: Omit<Seed, 'messages'>;
}

/** Builds the extension's pages and opens them in Chromium over http, with the extension APIs played by a fake; under the manifest's CSP if asked. */
export async function openPages({ csp = false } = {}) {
  const outDir = await mkdtemp(join(tmpdir(), 'nvi-pages-'));
  await build({ root, outDir, mode: 'production', filterEntrypoints: ['popup', 'inspector', 'options'] });
  const built = join(outDir, 'chrome-mv3');
  const messages = JSON.parse(await readFile(join(built, '_locales/en/messages.json'), 'utf8'));

  const manifest = JSON.parse(await readFile(join(built, 'manifest.json'), 'utf8'));
  const headers = csp ? { 'content-security-policy': manifest.content_security_policy.extension_pages } : {};

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const body = await readFile(join(built, path)).catch(() => null);
    const type = TYPES[extname(path)] ?? 'text/plain';
    response.writeHead(body ? 200 : 404, { 'content-type': type, ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const chromium = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });

  const open = async ({
    path,
    hash = '',
    scheme,
    width,
    height,
    touch = false,
    scale = 1,
    seed,
  }: PageSetting): Promise<Page> => {
    const page = await chromium.newPage();
    await page.setViewport({ width, height, deviceScaleFactor: scale, hasTouch: touch, isMobile: touch });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.evaluateOnNewDocument(() => {
      const violations: string[] = [];
      Object.assign(globalThis, { violations });
      addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
    });
    await page.evaluateOnNewDocument(installFakeBrowser, { ...seed, messages });
    await page.goto(`http://127.0.0.1:${port}/${path}${hash}`, { waitUntil: 'load' });
    await page.waitForSelector('.body:not(:has([role="status"])), .runs-page');
    return page;
  };
  const close = async () => {
    await chromium.close();
    server.close();
    await rm(outDir, { recursive: true, force: true });
  };
  return { open, close };
}
