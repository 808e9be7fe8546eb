/** Sixty hostile texts in every place an operator has a say in, on the real pages in Chromium, under the extension's own CSP. */
import { execFileSync } from 'node:child_process';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { XSS_PAYLOADS } from '../../support/xss-payloads.ts';
import { hostileRun } from './hostile-run.ts';
import { openPages } from './open-pages.ts';
import { runSeed } from './page-seeds.ts';
import { type Survey, surveyPage } from './survey-page.ts';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  pages = await openPages({ csp: true });
});
afterAll(() => pages?.close());

const PAGES = [
  { path: 'popup.html', width: 380, height: 600 },
  { path: 'inspector.html', width: 1200, height: 900 },
] as const;

interface Surveyed {
  harmless: Survey;
  hostile: Map<string, Survey>;
  dialogs: string[];
  requests: string[];
}

async function surveyAll(page: Page): Promise<Surveyed> {
  const dialogs: string[] = [];
  const requests: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  // Twice: the first leaves a row open, as each of the others finds it.
  await page.evaluate(surveyPage, hostileRun('harmless'));
  const harmless = await page.evaluate(surveyPage, hostileRun('harmless'));
  const hostile = new Map<string, Survey>();
  for (const payload of XSS_PAYLOADS)
    hostile.set(payload, await page.evaluate(surveyPage, hostileRun(payload)));
  return { harmless, hostile, dialogs, requests };
}

describe.each(PAGES)('on $path', { timeout: 240_000 }, (setting) => {
  let seen: Surveyed;
  beforeAll(async () => {
    const page = await pages.open({ ...setting, scheme: 'light', seed: runSeed(hostileRun('harmless')) });
    seen = await surveyAll(page);
    await page.close();
  }, 240_000);
  const each = (look: (survey: Survey, payload: string) => unknown) =>
    [...seen.hostile].flatMap(([payload, survey]) => (look(survey, payload) ? [payload] : []));

  test('the survey opens every row on every tab', () => {
    expect(seen.hostile.size).toBe(60);
    const places = new Set(seen.harmless.made.map((one) => one.split(':')[0]));
    expect(places.size).toBeGreaterThanOrEqual(2 + 8 * 4);
    expect(seen.harmless.copied.length).toBeGreaterThan(5);
  });

  test('no element and no attribute comes of a text (C17, PR9)', () => {
    const known = new Set(seen.harmless.made);
    expect(each(({ made }) => made.some((one) => !known.has(one)))).toEqual([]);
    expect(seen.harmless.made.filter((one) => /\.on/.test(one))).toEqual([]);
  });

  test('no text leads anywhere: links, sources and styles are those of a harmless run (C17, PR9)', () => {
    const known = JSON.stringify(seen.harmless.leadsTo);
    expect(each(({ leadsTo }) => JSON.stringify(leadsTo) !== known)).toEqual([]);
    const links = seen.harmless.leadsTo.filter((one) => one.startsWith('href'));
    expect(links.filter((one) => !/^href (https?:|#|\/)/.test(one))).toEqual([]);
  });

  test('nothing runs, asks, is requested or runs into the CSP (C17, PR9)', () => {
    expect(each(({ pwned }) => pwned !== undefined)).toEqual([]);
    expect(each(({ violations }) => violations.length > 0)).toEqual([]);
    expect([seen.dialogs, seen.requests]).toEqual([[], []]);
  });

  test('and each text is there to be read, as it came', () => {
    expect(each(({ text }, payload) => !text.includes(payload))).toEqual([]);
  });

  test('a copied command gives a shell the very words of the record, and nothing to run', () => {
    const commands = [...seen.hostile.values()].flatMap(({ copied }) =>
      copied.filter((one) => one.startsWith('curl ')),
    );
    expect(commands.length).toBeGreaterThan(60);
    const argumentsOf = shellWords(commands);
    const words = argumentsOf.flat();
    for (const payload of XSS_PAYLOADS) {
      expect(
        words.some((word) => word.includes(`?${payload}=${payload}`)),
        payload,
      ).toBe(true);
      expect(words).toContain(`Cookie: ${payload}=${payload}`);
    }
    // Braces and brackets in a URL would make curl ask for hundreds of others.
    expect(
      argumentsOf.every((words) => words.some((word) => /^-\w*g/.test(word) || word === '--globoff')),
    ).toBe(true);
  });

  test('a copied summary keeps its shape: no text adds a line, a cell, a link, an image or markup', () => {
    const summaryOf = ({ copied }: Survey) => copied.find((one) => one.startsWith('###'));
    const shapeOf = (summary = '') =>
      summary.split('\n').map((line) => line.replace(/\\[\s\S]/g, '').replace(/[^|]/g, ''));
    const harmless = summaryOf(seen.harmless);
    expect(harmless).toBeDefined();
    const odd = each(
      (survey) => JSON.stringify(shapeOf(summaryOf(survey))) !== JSON.stringify(shapeOf(harmless)),
    );
    expect(odd).toEqual([]);
    const marked = (text = '') => text.replace(/\\[\s\S]/g, '').match(/[<>`[\]]|^#(?!## )/gm) ?? [];
    expect(each((survey) => marked(summaryOf(survey)).length !== marked(harmless).length)).toEqual([]);
  });
});

/** The words that a real shell makes of each command, in which curl is a function that tells them. */
function shellWords(commands: string[]): string[][] {
  const script = [
    // Without a PATH, nothing that got out of its quotes could do any harm.
    'PATH=',
    `curl() { printf '%s\\0' "$@"; printf 'end of command\\0'; }`,
    ...commands,
  ].join('\n');
  const output = execFileSync('bash', ['-u', '-s'], { input: script, encoding: 'utf8' });
  const told = output.split('end of command\0').slice(0, -1);
  return told.map((words) => words.split('\0').slice(0, -1));
}
