import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashOfRun, historySeed } from './history-fixtures.ts';
import { misfits, violations } from './look-at.ts';
import { formSeed } from './page-seeds.ts';
import { liveUk } from './profile-fixtures.ts';
import { asked, openPopups, textOf } from './use-popup.ts';

let pages: Awaited<ReturnType<typeof openPopups>>;

beforeAll(async () => {
  pages = await openPopups();
});
afterAll(() => pages?.close());

const DAY_MS = 86_400_000;
const keyOf = (changed: object) => ({
  label: 'Pixel 8 Berlin',
  scope: 'run',
  expiresAt: null,
  local: false,
  ownerId: 'me',
  ...changed,
});
const paired = (access: object, replies: object = {}) => ({
  local: { ...formSeed.local, access },
  session: formSeed.session,
  replies: { ...formSeed.replies, access: { ok: true, value: access }, ...replies },
});
interface Browser {
  runtime: { sendMessage(message: { type: string }): Promise<unknown> };
  storage: { local: { get(key: string): Promise<{ backend: object }>; set(changed: object): Promise<void> } };
}
const settings = { path: 'options.html', width: 700 } as const;
const refused = (code: string, detail: string | null = null) => ({
  ok: false,
  problem: { code, detail },
});

/** From now on this is what the background answers when it is asked for the profiles. */
const answerProfiles = (page: Page, reply: object) =>
  page.evaluate((given) => {
    const { runtime } = (globalThis as unknown as { browser: Browser }).browser;
    const ask = runtime.sendMessage;
    runtime.sendMessage = async (message) => {
      const usual = await ask(message);
      return message.type === 'profiles' ? given : usual;
    };
  }, reply);

/** As another page of the extension would. */
const pairAnew = (page: Page, changed: { url?: string; key: string }) =>
  page.evaluate(async (given) => {
    const { storage } = (globalThis as unknown as { browser: Browser }).browser;
    const { backend } = await storage.local.get('backend');
    await storage.local.set({ backend: { ...backend, ...given } });
  }, changed);

describe('a paired browser', { timeout: 60_000 }, () => {
  test('says as whom, what its key may do and when it expires, and warns within seven days', async () => {
    const expiresAt = Date.now() + 3 * DAY_MS + 60_000;
    await pages.use(
      paired(keyOf({ expiresAt })),
      async (page) => {
        await page.waitForSelector('#paired-as');
        expect(await textOf(page, '#paired-as')).toContain('Paired as Pixel 8 Berlin, which may run.');
        expect(await textOf(page, '#paired-as')).toContain(String(new Date(expiresAt).getFullYear()));
        expect(await textOf(page, '#key-expires')).toContain('expires in 3 days');
        expect([await violations(page), await misfits(page)]).toEqual([[], []]);
      },
      settings,
    );
  });

  test.each([
    ['given_back', 'opens nothing any more'],
    ['still_valid', 'there the key is still valid'],
  ])('unpairs, and says what has become of the key: %s', async (key, words) => {
    await pages.use(
      paired(keyOf({}), { unpair: { ok: true, value: { key } } }),
      async (page) => {
        await page.waitForSelector('#unpair');
        await page.click('#unpair');
        // As the background does before it answers.
        await page.evaluate('browser.storage.local.set({ backend: null, access: null })');
        await page.waitForSelector(`[data-unpaired="${key}"]`);
        expect(await textOf(page, '[data-unpaired]')).toContain(words);
        await page.waitForSelector('#pairing-line');
      },
      settings,
    );
  });

  test('with another backend than before is offered what that one has, and the form of the one before is gone', async () => {
    await pages.use(paired(keyOf({})), async (page) => {
      await page.waitForSelector('#run');
      const other = { ...liveUk, id: 'other', name: 'Another backend’s' };
      await answerProfiles(page, { ok: true, value: { profiles: [other] } });
      await pairAnew(page, { url: 'https://other.example', key: 'k' });
      await page.waitForFunction(() => document.querySelector('#profile')?.textContent?.includes('Another'));
      expect(await page.$$eval('#profile option', (all) => all.map((one) => one.textContent))).toEqual([
        other.name,
      ]);
    });
  });

  test('whose key was revoked has its form as soon as it is paired again, with the same backend', async () => {
    const seed = paired(keyOf({}), { profiles: refused('backend_refused_key') });
    await pages.use(seed, async (page) => {
      await page.waitForSelector('#pairing-line');
      await answerProfiles(page, { ok: true, value: { profiles: [liveUk] } });
      await pairAnew(page, { key: 'another' });
      await page.waitForSelector('#run');
    });
  });

  test('whose backend does not answer when it is asked again keeps its form, and what is in it', async () => {
    const inspector = { path: 'inspector.html', width: 900 } as const;
    const visit = async (page: Page) => {
      await page.waitForSelector('#run');
      const before = (await asked(page, 'message')).length;
      await answerProfiles(page, refused('backend_unreachable'));
      await page.evaluate(() => {
        location.hash = '#/handoff';
      });
      await page.waitForSelector('.handoff-page #number');
      await page.type('#number', '07700 900123');
      await page.waitForFunction((count) => globalThis.asked.length > count, {}, before);
      expect(await page.$('[data-problem]')).toBeNull();
      expect(await page.$eval('#number', (field) => (field as HTMLInputElement).value)).toContain('900123');
    };
    await pages.use(paired(keyOf({})), visit, inspector);
  });

  test('whose key was revoked is led to pair again, with the reason, and number and settings stay', async () => {
    const problem = refused('backend_refused_key', 'This access key has been revoked.');
    await pages.use(paired(keyOf({}), { profiles: problem }), async (page) => {
      await page.waitForSelector('#pairing-line');
      expect(await textOf(page, '[data-problem]')).toMatch(/Pair it again.*Your number.*stay.*been revoked/);
      const kept = await page.evaluate("browser.storage.session.get('number')");
      expect(kept).toEqual(formSeed.session);
    });
  });

  test('with a key to look with is not offered what it may not: no run, no import, no reference, no deleting (B1)', async () => {
    const reading = keyOf({ scope: 'read' });
    await pages.use(paired(reading), async (page) => {
      await page.waitForSelector('#read-only');
      expect(await page.$('#run')).toBeNull();
      await page.click('#to-runs');
      expect(await asked(page, 'tab')).toEqual([{ url: '/inspector.html#/runs' }]);
      expect(await violations(page)).toEqual([]);
    });
    const ofRun = async (access: object) => {
      const seed = historySeed(3);
      let tools: (boolean | null)[] = [];
      const look = async (page: Page) => {
        await page.waitForSelector('.record');
        const ids = ['#pin-run', '#pin-reference', '#delete-run', '#forget-number'];
        tools = await Promise.all(ids.map(async (id) => (await page.$(id)) !== null));
      };
      const at = { path: 'inspector.html', hash: hashOfRun(1), width: 1280, height: 800 } as const;
      await pages.use({ ...seed, local: { ...seed.local, access } }, look, at);
      return tools;
    };
    expect(await ofRun(reading)).toEqual([false, false, false, false]);
    // Somebody else's run.
    expect(await ofRun(keyOf({}))).toEqual([false, false, false, true]);
    expect(await ofRun(keyOf({ scope: 'admin' }))).toEqual([true, true, true, true]);
  });
});

describe('a pairing link', { timeout: 60_000 }, () => {
  test('by plain http to another machine asks for no host: the background has the sentence', async () => {
    await pages.use({ replies: { pair: refused('pairing_in_clear') } }, async (page) => {
      await page.type('#pairing-line', 'http://verify.example.org/pair#aZ09_-aZ09_-aZ09_-aZ09');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-problem="pairing_in_clear"]');
      expect(await asked(page, 'request')).toEqual([]);
    });
  });

  test('to a backend that does not answer says what a phone needs to reach it', async () => {
    await pages.use({ replies: { pair: refused('backend_unreachable') } }, async (page) => {
      await page.type('#pairing-line', 'https://verify.example.org/pair#aZ09_-aZ09_-aZ09_-aZ09');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#pair-reach');
      expect(await textOf(page, '#pair-reach')).toContain('over mobile data, with Wi-Fi and VPN off');
      expect([await violations(page), await misfits(page)]).toEqual([[], []]);
    });
  });
});
