import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type E2eOptions, type E2eStage, startE2e } from '../support/e2e-stage.ts';

let e2e: E2eStage;
let popup: Page;

function stage(options: E2eOptions): void {
  beforeAll(async () => {
    e2e = await startE2e(options);
    popup = await e2e.popup();
    await popup.waitForSelector('#check-profile');
  });
  afterAll(() => e2e.close());
}

async function check(page: Page, button: string): Promise<(string | undefined)[][]> {
  await page.click(button);
  await page.waitForSelector('[data-profile-check="done"]');
  return page.$$eval('[data-probe]', (lines) =>
    lines.map((line) => [(line as HTMLElement).dataset.probe, (line as HTMLElement).dataset.result]),
  );
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (found) => found.textContent ?? '');

describe('a profile that is right', () => {
  stage({});

  test('passes in all three, from the form, without a run, a number or a code', async () => {
    const before = { ...e2e.operator.counters };
    expect(await check(popup, '#check-profile')).toEqual([
      ['authorize', 'passed'],
      ['token', 'passed'],
      ['jwks', 'passed'],
    ]);
    expect(await textOf(popup, '[data-probe="authorize"]')).toContain('302');
    expect(await textOf(popup, '[data-probe="token"]')).toContain('invalid_grant');
    const { authorize, hops, token, premiuminfo, redirectUri } = e2e.operator.counters;
    expect({ authorize, token, premiuminfo, redirectUri }).toEqual({
      authorize: before.authorize + 1,
      token: before.token + 1,
      premiuminfo: before.premiuminfo,
      redirectUri: 0,
    });
    // The first answer is judged; nobody goes where it leads.
    expect(hops).toBe(before.hops + 1);
    expect(await popup.evaluate("chrome.storage.session.get('savedRun')")).toEqual({});
  });

  test('one that the backend does not have is refused in its words', async () => {
    const message = JSON.stringify({ type: 'check_profile', profileId: 'gone' });
    expect(await popup.evaluate(`chrome.runtime.sendMessage(${message})`)).toMatchObject({
      ok: false,
      problem: { code: 'unknown_profile', detail: expect.any(String) },
    });
  });

  test('is not tried twice in a moment: operators lock clients for that; and the settings say so', async () => {
    const before = { ...e2e.operator.counters };
    const settings = await e2e.plainPage();
    await settings.waitForSelector('[data-profile="simulated"] button');
    await settings.click('[data-profile="simulated"] button');
    await settings.waitForSelector('[data-profile="simulated"] [data-problem="rate_limited"]');
    expect(e2e.operator.counters).toEqual(before);
    await settings.close();
  });
});

describe('a profile that is not', () => {
  stage({
    adjust: (simulated) => ({
      ...simulated,
      clientSecret: 'not-the-secret',
      profile: { ...simulated.profile, jwksUrl: simulated.profile.tokenUrl },
    }),
  });

  test('says which part, what was seen, who has to act and what to do, in the settings', async () => {
    const settings = await e2e.plainPage();
    await settings.waitForSelector('[data-profile="simulated"] button');
    expect(await check(settings, '[data-profile="simulated"] button')).toEqual([
      ['authorize', 'passed'],
      ['token', 'failed'],
      ['jwks', 'failed'],
    ]);
    const token = await textOf(settings, '[data-probe="token"]');
    for (const words of ['invalid_client', 'Set the right client_id and secret', 'owner: client setup'])
      expect(token).toContain(words);
    expect(await textOf(settings, '[data-probe="jwks"]')).toContain('JWKS address');
    expect(await settings.content()).not.toContain('not-the-secret');
    await settings.close();
  });
});
