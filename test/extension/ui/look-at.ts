import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

import { AXE, AXE_PATH } from './open-pages.ts';

/** What axe finds wrong, as `rule: element`: every rule in light, and in dark the one that colours can break. */
export function violations(page: Page, wear: Wear = wearEmulated): Promise<string[]> {
  return violationsIn(page, 'html', wear);
}

/** The same of what is within one element: where the rest of the page is what was looked at before. */
export async function violationsIn(page: Page, within: string, wear: Wear = wearEmulated): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await bringAxe(page);
  const light = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations'] })`,
  )) as AxeResults;
  await wear(page, 'dark');
  const dark = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { runOnly: ['color-contrast'], resultTypes: ['violations'] })`,
  )) as AxeResults;
  await wear(page, 'light');
  return [...light.violations, ...dark.violations].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target}`),
  );
}

async function bringAxe(page: Page): Promise<void> {
  // A page of a real extension takes scripts from the extension alone.
  if (page.url().startsWith('http:')) await page.addScriptTag({ url: AXE_PATH });
  else await page.evaluate(await readFile(AXE, 'utf8'));
}

type Wear = (page: Page, value: 'light' | 'dark') => Promise<void>;

function wearEmulated(page: Page, value: 'light' | 'dark'): Promise<void> {
  return page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
}

/** Text too small to read, and a page wider than its window. */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const hasText = (one: Element) =>
      [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const small = [...document.querySelectorAll('#app *')]
      .filter((one) => hasText(one) && !one.closest('[aria-hidden="true"]'))
      .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 12)
      .map((one) => `small: ${one.className || one.tagName}`);
    if (scrollWidth <= clientWidth) return small;
    const out = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 0.5,
    );
    const named = out.slice(-4).map(({ tagName, id, className }) => `${tagName}#${id}.${className}`);
    return [`wide: ${scrollWidth} in ${clientWidth}, ${named.join(' ')}`, ...small];
  });
}
