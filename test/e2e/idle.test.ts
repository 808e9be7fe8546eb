import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type E2eStage, startE2e } from '../support/e2e-stage.ts';
import { until } from '../support/staged-browser.ts';

let e2e: E2eStage;
let site: Server;
let siteUrl: string;
let visits = 0;

beforeAll(async () => {
  e2e = await startE2e();
  // A page on a host that the extension may see, which makes requests of every kind of its own.
  site = createServer((_, response) => {
    visits += 1;
    response.setHeader('content-type', 'text/html');
    response.end(
      '<title>a site</title><script>fetch("/more"); fetch("/again", { method: "POST" });</script>',
    );
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await e2e.close();
  site.close();
  site.closeAllConnections();
});

/** Browses a little; the page's own requests have all arrived when this returns. */
async function browse(): Promise<void> {
  const page = await e2e.browser.newPage();
  const before = visits;
  await page.goto(siteUrl);
  await until(() => visits >= before + 3);
  await page.close();
}

test('with no run open, browsing on a host the extension may see wakes nothing of it (PR7)', async () => {
  const popup = await e2e.popup();
  await e2e.run(popup, 'match');
  await popup.close();
  await e2e.killWorker();
  await browse();
  await browse();
  expect(await e2e.hasWorker()).toBe(false);
});

test('a worker that died in mid-run leaves no listener behind once its run is closed (X5, PR7)', async () => {
  const popup = await e2e.popup();
  await popup.click('#dismiss');
  await popup.waitForSelector('#run');
  await popup.select('#scenario', 'hop-hangs');
  await popup.waitForSelector('#run:not([disabled])');
  await popup.click('#run');
  await popup.waitForSelector('[data-hop="2"]');
  await popup.close();
  await e2e.killWorker();

  // The dead worker's listeners are still registered: this is what the test above would see if they stayed.
  await browse();
  await until(() => e2e.hasWorker());

  const again = await e2e.popup();
  await again.waitForSelector('[data-verdict="interrupted"]');
  await again.close();
  await e2e.killWorker();
  await browse();
  expect(await e2e.hasWorker()).toBe(false);
});
