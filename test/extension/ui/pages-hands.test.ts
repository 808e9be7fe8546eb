import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { cutWords, tooSmall, unringed, wordsOn } from './look-closer.ts';
import { openPages } from './open-pages.ts';
import { goTo, PLACES } from './places.ts';
import { plainWords } from './plain-words.ts';

let pages: Awaited<ReturnType<typeof openPages>>;
/** One for all places: a page of its own for each would take longer than all that is measured in it. */
let page: Page | undefined;

beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages?.close());

const PHONES = [320, 430];
const WIDTHS = [...PHONES, 768, 1280];
const HAND = { height: 720, hasTouch: true, isMobile: true };

describe('with a finger, with the longer words of a language nobody speaks, by keyboard', {
  timeout: 240_000,
}, () => {
  test.each(Object.entries(PLACES))(
    '%s has room for finger and words, says nothing in English, and shows its focus (WCAG 2.2, 1.4.10, 2.4.7, 2.5.8)',
    async (_, place) => {
      const { path, hash = '', seed } = place;
      const setting = { path, hash, seed, width: 320, height: 720, touch: true, pseudo: true } as const;
      page = await pages.open({ ...setting, scheme: 'light' }, page);
      await goTo(page, place);
      for (const width of WIDTHS) {
        await page.setViewport({ width, ...HAND });
        const small = PHONES.includes(width) ? await tooSmall(page) : [];
        expect([width, small, await cutWords(page)]).toEqual([width, [], []]);
      }
      expect(plainWords(await wordsOn(page), place)).toEqual([]);
      expect(await unringed(page)).toEqual([]);
    },
  );
});
