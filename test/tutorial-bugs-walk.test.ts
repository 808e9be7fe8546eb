/** The published tutorial's real bugs on the browser's side, and ours doing each thing right. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { readMsisdn } from '../extension/runner/msisdn.ts';
import { hashNumber } from '../extension/runner/number-hash.ts';
import { type ChainSoFar, decideNext } from '../extension/walker/decide-next.ts';
import { type Bench, startBench } from './support/bench.ts';
import { REDIRECT_URI } from './support/fixtures.ts';
import { type LegBench, openLegBench } from './support/leg-bench.ts';
import { playScenario, readRun, submit, walkScenario } from './support/node-walker.ts';

let legs: LegBench;
let bench: Bench;
beforeAll(async () => {
  [legs, bench] = await Promise.all([openLegBench(), startBench()]);
});
afterAll(() => Promise.all([legs.close(), bench.close()]));

describe('the walk', () => {
  const chain: ChainSoFar = {
    redirectUri: REDIRECT_URI,
    state: 'issued-state',
    askedSinceCookie: new Set(),
    networkHops: 3,
    hosts: [{ pattern: '*.operator.test', role: 'gateway', scheme: 'either' }],
    maxHops: 10,
  };
  const from = 'https://id.operator.test/identify?ticket=1';

  test('sees the 302 of every hop (tutorial bug 6)', async () => {
    const { submission } = await walkScenario(bench, 'match');
    expect(submission.hops.map(({ status }) => status)).toEqual(submission.hops.map(() => 302));
    expect(submission.hops.length).toBeGreaterThanOrEqual(4);
  });

  test('reads the Location of every hop (tutorial bug 7)', async () => {
    const { submission } = await walkScenario(bench, 'match');
    for (const hop of submission.hops) expect(hop.nextUrl).toMatch(/^https?:\/\//);
  });

  test('stops when it has what it came for, and at its limit (tutorial bug 8)', () => {
    const url = `${REDIRECT_URI}?code=x&state=issued-state`;
    for (const networkHops of [1, 4, 10]) {
      expect(decideNext(url, from, { ...chain, networkHops })).toEqual({ kind: 'callback', url });
    }
    const decision = decideNext('https://next.operator.test/', from, { ...chain, networkHops: 10 });
    expect(decision).toEqual({ kind: 'refuse', code: 'authorize.too_many_hops' });
  });

  test('knows redirect_uri by comparing URLs, not by searching in text (tutorial bug 10)', () => {
    const spoof = `https://evil.test/?next=${REDIRECT_URI}`;
    expect(decideNext(spoof, from, chain).kind).toBe('request');
    expect(decideNext(spoof, from, { ...chain, redirectUri: '' }).kind).toBe('request');
  });

  test('resolves a relative Location against the hop that sent it (tutorial bug 11)', () => {
    const decision = decideNext('/continue?ticket=2', from, chain);
    expect(decision.kind === 'request' && decision.url.href).toBe(
      'https://id.operator.test/continue?ticket=2',
    );
  });

  test('takes the code out of the redirect itself (tutorial bug 12)', async () => {
    const { created, submission } = await walkScenario(bench, 'match');
    expect(new URL(submission.callbackUrl).searchParams.get('code')).toMatch(/^[\w-]{20,}$/);
    await submit(bench, created.run.id, submission);
    expect((await readRun(bench, created.run.id)).verdict).toBe('match');
  });

  test('reads error and error_description, so that no two failures look the same (tutorial bug 25)', async () => {
    const said = async (scenario: string) => (await playScenario(bench, scenario)).failure?.operatorError;
    expect(await said('wifi-access-denied')).toEqual({
      error: 'access_denied',
      description: 'User is not recognized',
    });
    expect(await said('server-error')).toEqual({
      error: 'server_error',
      description: 'Internal Server Error',
    });
  });

  test('has a limit of hops, a deadline for an answer, and keeps the operator’s cookies (tutorial bug 26)', async () => {
    const tooMany = decideNext('https://a.test/', from, { ...chain, maxHops: 3 });
    expect(tooMany).toEqual({ kind: 'refuse', code: 'authorize.too_many_hops' });
    const run = await legs.play({ token: () => undefined, upstream: { deadlineMs: 300 } });
    expect(run.failure?.code).toBe('token.timeout');
    const { submission } = await walkScenario(bench, 'match');
    expect(submission.hops.flatMap(({ cookiesSet }) => cookiesSet).length).toBeGreaterThan(0);
  });

  test('never requests redirect_uri, so that it need not be reachable from a phone (tutorial bug 31, PR1)', async () => {
    const run = await playScenario(bench, 'match');
    expect(legOf(run, 'authorize').outcome).toBe('passed');
    expect(bench.operator.counters.redirectUri).toBe(0);
  });
});

describe('the number', () => {
  test('is normalised before it is hashed: spaces, zeros and brackets change nothing (tutorial bug 23)', async () => {
    const ways = ['+447700900907', '07700 900907', '0044 7700 900 907', ' (07700) 900-907 '];
    const read = await Promise.all(ways.map((typed) => readMsisdn(typed, 'GB')));
    expect(read.map((one) => one?.e164)).toEqual(ways.map(() => '+447700900907'));
    // The published vector: SHA-256 of the number with its plus.
    expect(await hashNumber(read[1]?.e164 ?? '', 'plus')).toBe(
      '01a03859d1dd000bb5f648c3e97dad6a3dae5f40b9d103769a68d316bd905559',
    );
    expect(await hashNumber('+447700900907', 'plain')).toBe(
      createHash('sha256').update('447700900907').digest('hex'),
    );
  });

  test('is hashed with what every browser brings, without a package for it (tutorial bug 24)', async () => {
    const source = readFileSync(new URL('../extension/runner/number-hash.ts', import.meta.url), 'utf8');
    expect(source.match(/^import (?!type)/gm)).toBeNull();
    expect(await hashNumber('+44123456789', 'plus')).toBe(
      '3d84a3838599719df7deacc7fb91903bde5430a8c0e007c3eba93bce0c69c5a2',
    );
  });
});
