/** `npm run icons`: draws extension/artwork/icon.svg in every size that browsers and stores ask for. */
import { readFileSync, writeFileSync } from 'node:fs';

import puppeteer from 'puppeteer-core';

import { findChromium } from '../../setup.mjs';
import { ICON_SIZES, STORE_SIZE, STORE_TILE } from './icon-sizes.ts';

const svg = readFileSync('extension/artwork/icon.svg').toString('base64');
const browser = await puppeteer.launch({
  executablePath: findChromium()?.path ?? '',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
const page = await browser.newPage();
for (const size of ICON_SIZES) {
  const tile = size === STORE_SIZE ? STORE_TILE : size;
  await page.setViewport({ width: size, height: size });
  await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:${size}px">
    <img width="${tile}" height="${tile}" src="data:image/svg+xml;base64,${svg}" />`);
  await page.waitForFunction(() => document.images[0]?.complete);
  writeFileSync(`extension/public/icon/${size}.png`, await page.screenshot({ omitBackground: true }));
}
await browser.close();
