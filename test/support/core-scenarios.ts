/** What every browser's walk has to come to, declared once as tests for the browser a test file stages. */
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Run } from '../../protocol/run.ts';
import type { E2eStage } from './e2e-stage.ts';
import { runUnwatched } from './unwatched-run.ts';

/** What each scenario ends as: failure code, leg, cause and who has to act. */
const FAILURES: [string, string, string, string, string][] = [
  ['wifi-access-denied', 'authorize.access_denied', 'authorize', 'off_network', 'network'],
  ['wifi-html-page', 'authorize.html_page', 'authorize', 'off_network', 'network'],
  ['loop', 'authorize.loop', 'authorize', 'redirect_loop', 'operator'],
  ['expired-code', 'token.invalid_grant', 'token', 'code_not_accepted', 'operator'],
  ['invalid-client', 'token.invalid_client', 'token', 'client_credentials_wrong', 'client_setup'],
  ['server-error', 'authorize.server_error', 'authorize', 'operator_down', 'operator'],
  ['bad-nonce', 'idtoken.nonce_mismatch', 'token', 'response_not_ours', 'operator'],
  ['http-upgraded', 'authorize.access_denied', 'authorize', 'http_upgraded', 'operator'],
];

/** Milliseconds that the slow hop takes: seen as slow, and no longer than it must be. */
export const SLOW_HOP_MS = 2500;

/** The enrichment hop went out as plain http, and nobody made it anything else. */
export function expectPlainEnrichment(run: Run): void {
  const plain = run.hops.filter(({ url }) => url.startsWith('http:'));
  expect(plain.map(({ role, madeBy }) => `${role} by ${madeBy}`)).toEqual(['enrichment by network']);
  expect(plain[0]?.notes).toContain('plain_http');
}

/** Must be called at the top of a test file, with what gives its stage, started with `slowHopMs: SLOW_HOP_MS`. */
export function testCoreScenarios(stage: () => E2eStage): void {
  let page: Page | null = null;
  const played = new Map<string, Promise<Run>>();

  /** Each once: what several tests say of a scenario, they say of one run. */
  function run(scenario: string): Promise<Run> {
    const known = played.get(scenario) ?? play(scenario);
    played.set(scenario, known);
    return known;
  }

  /** A match through the popup; what else a browser makes of a chain needs nobody who watches. */
  async function play(scenario: string): Promise<Run> {
    if (scenario === 'match') {
      const popup = await stage().popup();
      const matched = await stage().run(popup, scenario);
      await popup.close();
      return matched;
    }
    page ??= await stage().plainPage();
    const { number } = stage().operator.scenarios.find(({ name }) => name === scenario) ?? {};
    return stage().readRun(await runUnwatched(page, scenario, number));
  }

  describe('match', () => {
    let matched: Run;
    beforeAll(async () => {
      matched = await run('match');
    });

    test('ends in a match with all three legs passed', () => {
      expect(matched.verdict).toBe('match');
      expect(matched.legs.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
      expect(matched.failure).toBeNull();
      expect(matched.cause).toBeNull();
    });

    test('records at least four network hops on at least four hosts, each with status, ip and time', () => {
      const hops = matched.hops.filter(({ madeBy }) => madeBy === 'network');
      expect(new Set(hops.map(({ url }) => new URL(url).hostname)).size).toBeGreaterThanOrEqual(4);
      for (const hop of hops) {
        expect(hop.status).toBe(302);
        expect(hop.ip).toBe('127.0.0.1');
        expect(hop.durationMs).toBeGreaterThan(0);
      }
    });

    test('walks exactly the enrichment hop over plain http, as the network needs it', () => {
      expectPlainEnrichment(matched);
    });

    test('passes every check that proves the answer is ours', () => {
      const passed = matched.legs.flatMap(({ checks }) => checks).filter(({ result }) => result === 'passed');
      const names = passed.map(({ name }) => name);
      for (const name of ['state', 'nonce', 'iss', 'aud', 'exp', 'at_hash', 'acr', 'signature', 'sub']) {
        expect(names).toContain(name);
      }
    });

    test('returns cookies on the hop that needs them', () => {
      expect(matched.hops.flatMap(({ cookiesSet }) => cookiesSet)).toContain('vf-gw');
      expect(matched.hops.at(-1)?.cookiesSent).toContain('vf-gw');
    });

    test('keeps the order by sequence and numbers its events from one', () => {
      expect(matched.events.map(({ sequence }) => sequence)).toEqual(matched.events.map((_, at) => at + 1));
    });
  });

  test('another number is no failure: all legs pass and the verdict is no match', async () => {
    const other = await run('no-match');
    expect(other.verdict).toBe('no_match');
    expect(other.legs.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed']);
    expect(other.cause).toMatchObject({ code: 'number_differs', owner: 'you' });
  });

  test.each(FAILURES)(
    '%s fails as %s at leg %s, because of %s, which is the %s’s to mend',
    async (scenario, failure, leg, cause, owner) => {
      const failed = await run(scenario);
      expect(failed.verdict).toBe('failed');
      expect(failed.failure).toMatchObject({ code: failure, leg });
      expect(failed.cause).toMatchObject({ code: cause, owner });
      expect(failed.hops.length).toBeGreaterThan(0);
    },
  );

  test('an http hop that the browser rewrote is a mark between hops, not a hop of the network (A15)', async () => {
    const upgraded = await run('http-upgraded');
    const mark = upgraded.hops.find(({ madeBy }) => madeBy === 'browser');
    // Firefox says neither status nor reason of what it does by itself.
    const status = stage().firefox ? null : 307;
    expect(mark).toMatchObject({ status, notes: expect.arrayContaining(['upgraded_by_browser']) });
    const numbers = upgraded.hops.filter(({ madeBy }) => madeBy === 'network').map(({ index }) => index);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });

  test('a page instead of a redirect is shown by its title and its body is never kept (A21)', async () => {
    const page = await run('wifi-html-page');
    expect(page.hops.at(-1)?.page).toMatchObject({
      title: expect.stringMatching(/number/i),
      shows: ['number_field'],
    });
    expect(JSON.stringify(page)).not.toContain('<form');
  });

  test('a slow hop still ends in a match and is named', async () => {
    const slow = await run('slow-hop');
    expect(slow.verdict).toBe('match');
    expect(slow.cause).toMatchObject({ code: 'slow_hop', owner: 'network' });
  });

  test('redirect_uri was contacted by none of these runs (PR1)', async () => {
    await page?.close();
    expect(stage().operator.counters.redirectUri).toBe(0);
  });
}
