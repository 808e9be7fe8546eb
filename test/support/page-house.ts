import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import puppeteer, { type Browser } from 'puppeteer-core';
import type { TestProject } from 'vitest/node';

import { findChromium } from '../../setup.mjs';

/** Where a test file finds the built pages, and the Chromium of its worker. */
export interface PageHouse {
  folder: string;
  wsEndpoint: string;
}

const ROOT = new URL('../..', import.meta.url).pathname;

/**
 * vitest's global set-up: the pages are built once and Chromium is launched once a worker, when the first file that opens
 * pages asks for them. One a worker, because pages that are tested at the same time would take each other's focus.
 */
export async function setup(project?: TestProject): Promise<() => Promise<void>> {
  const chromiums = new Map<string, Promise<Browser>>();
  const folders: string[] = [];
  let built: Promise<string> | null = null;
  project?.onTestsRerun(() => {
    built = null;
  });
  const chromiumOf = async (worker: string) => {
    const open = await chromiums.get(worker)?.catch(() => null);
    if (open?.connected) return open;
    const launched = launchPageChromium();
    chromiums.set(worker, launched);
    return launched;
  };
  const server = createServer(async ({ url = '/' }, response) => {
    try {
      built ??= wholeBuild() ?? buildPages().then((folder) => folders[folders.push(folder) - 1] as string);
      const [folder, chromium] = await Promise.all([built, chromiumOf(url)]);
      response.end(JSON.stringify({ folder, wsEndpoint: chromium.wsEndpoint() } satisfies PageHouse));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.env.NV_PAGE_HOUSE = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    server.close();
    server.closeAllConnections();
    await Promise.allSettled([...chromiums.values()].map(async (one) => (await one).close()));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  };
}

/** The house of this run of the tests; null where a program opens pages by itself. */
export async function askPageHouse(): Promise<PageHouse | null> {
  const { NV_PAGE_HOUSE, VITEST_POOL_ID = '1' } = process.env;
  if (!NV_PAGE_HOUSE) return null;
  const response = await fetch(`${NV_PAGE_HOUSE}/${VITEST_POOL_ID}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as PageHouse;
}

/** What the other tests of this run have built before it began, pages among it. */
function wholeBuild(): Promise<string> | null {
  const { NV_BUILT_EXTENSION } = process.env;
  return NV_BUILT_EXTENSION ? Promise.resolve(NV_BUILT_EXTENSION) : null;
}

/** Builds the pages, without the background, into a folder of their own. */
export async function buildPages(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'nvi-pages-'));
  const options = {
    root: ROOT,
    outDir,
    mode: 'production',
    filterEntrypoints: ['popup', 'inspector', 'options', 'import-reader'],
  };
  // A process of its own: a build changes settings of the one it runs in.
  const script = `import { build } from 'wxt'; await build(${JSON.stringify(options)})`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
  return outDir;
}

export function launchPageChromium(): Promise<Browser> {
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found; setup.mjs says how to get one');
  return puppeteer.launch({
    executablePath: chromium.path,
    timeout: 120_000,
    args: ['--no-sandbox', '--disable-gpu'],
  });
}
