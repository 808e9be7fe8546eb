import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { cutWords, tooSmall, unringed, wordsOn } from './look-closer.ts';
import { openPages } from './open-pages.ts';
import { goTo, PLACES, type Place } from './places.ts';
import { plainWords } from './plain-words.ts';

let pages: Awaited<ReturnType<typeof openPages>>;

beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages?.close());

const PHONES = [320, 360, 430];
const WIDTHS = [...PHONES, 768, 1280];

async function visit(place: Place, look: (page: Page) => Promise<void>): Promise<void> {
  const { path, hash, seed } = place;
  const at = { width: 320, height: 720, touch: true, pseudo: true, scheme: 'light' } as const;
  const page = await pages.open({ path, ...(hash ? { hash } : {}), seed, ...at });
  try {
    await goTo(page, place);
    await look(page);
  } finally {
    await page.close();
  }
}

describe('with a finger, with the longer words of a language nobody speaks, by keyboard', {
  timeout: 240_000,
}, () => {
  test.each(Object.entries(PLACES))(
    '%s has room for finger and words, says nothing in English, and shows its focus',
    async (_, place) => {
      await visit(place, async (page) => {
        for (const width of WIDTHS) {
          await page.setViewport({ width, height: 720, hasTouch: true, isMobile: true });
          const small = PHONES.includes(width) ? await tooSmall(page) : [];
          expect([width, small, await cutWords(page)]).toEqual([width, [], []]);
        }
        expect(plainWords(await wordsOn(page), place.seed)).toEqual([]);
        expect(await unringed(page)).toEqual([]);
      });
    },
  );
});
