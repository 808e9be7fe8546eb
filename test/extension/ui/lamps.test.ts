import { describe, expect, test } from 'vitest';

import { failureOf } from '#protocol/failure.ts';
import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { lampsOf } from '../../../extension/ui/chain/lamps.ts';
import { hopOf, hops } from './hop-fixtures.ts';
import { moments } from './moments.ts';
import { authorizeLeg, notRun, runOf, savedOf, waiting } from './run-fixtures.ts';

function states(saved: SavedRun): string {
  return lampsOf(saved)
    .map((lamp) => lamp.state)
    .join(' ');
}

describe('the lamps of every moment', () => {
  test.each([
    ['walking', 'not_known running waiting waiting'],
    ['paused', 'not_known paused waiting waiting'],
    ['redeeming', 'recognised passed running waiting'],
    ['match', 'recognised passed passed passed'],
    ['noMatch', 'recognised passed passed different'],
    ['failed', 'not_recognised failed not_run not_run'],
    ['tokenFailed', 'recognised passed failed not_run'],
    ['interrupted', 'not_known stopped not_run not_run'],
    ['cancelled', 'not_known stopped not_run not_run'],
    ['unknown', 'recognised passed unknown not_run'],
  ] as const)('%s', (moment, expected) => {
    expect(states(moments[moment])).toBe(expected);
  });
});

test('of a run that another device walked no page was seen and none was not: the network lamp claims neither', () => {
  const walked = runOf({ capture: 'handoff', hops: [] });
  expect(states(savedOf(walked))).toBe('not_seen passed passed passed');
  // How long it took is how long a link waited, which is nobody's time.
  expect(lampsOf(savedOf(walked)).map(({ ms }) => ms)).toEqual([null, null, 118, 64]);
  const open = { verdict: null, chainEnd: null };
  const legs = [{ ...authorizeLeg, outcome: 'running' as const }, ...walked.legs.slice(1).map(waiting)];
  const at = (phase: 'waiting' | 'authorizing') =>
    states(savedOf({ ...walked, ...open, phase, legs }, { stage: 'handed_over' }));
  expect(at('waiting')).toBe('not_known waiting waiting waiting');
  expect(at('authorizing')).toBe('not_known running waiting waiting');
  const failure = failureOf('authorize.access_denied');
  const url = 'https://verify.example/callback?error=access_denied';
  const denied = runOf({
    capture: 'handoff',
    hops: [],
    failure,
    verdict: 'failed',
    chainEnd: { kind: 'callback', url, atMs: 1 },
  });
  expect(lampsOf(savedOf(denied))[0]?.state).toBe('not_recognised');
});

describe('the network lamp', () => {
  const failedAt = (known: Parameters<typeof runOf>[0]) =>
    lampsOf(
      savedOf(
        runOf({
          verdict: 'failed',
          legs: [{ ...authorizeLeg, outcome: 'failed' }, ...runOf().legs.slice(1).map(notRun)],
          ...known,
        }),
      ),
    )[0]?.state;

  test('is lit by a code, not by reaching the callback', () => {
    const url = 'https://app.relying-party.test/callback?error=server_error&state=‹state:1›';
    const failure = failureOf('authorize.operator_error');
    expect(failedAt({ chainEnd: { kind: 'callback', url, atMs: 1 }, failure })).toBe('not_known');
  });

  test('is not lit by a code in a callback that is not ours', () => {
    expect(failedAt({ failure: failureOf('callback.state_mismatch') })).toBe('not_known');
  });

  test('is not lit where the operator showed a page on the way', () => {
    const page = { contentType: 'text/html', title: 'Hello', shows: [] };
    expect(failedAt({ hops: [...hops, hopOf(6, { page })] })).toBe('not_known');
  });

  test('says not recognised where the operator asks for the number', () => {
    const page = { contentType: 'text/html', title: 'Your number', shows: ['number_field' as const] };
    const chainEnd = { kind: 'page', url: null, atMs: 1 } as const;
    expect(
      failedAt({ hops: [hopOf(1, { page })], chainEnd, failure: failureOf('authorize.html_page') }),
    ).toBe('not_recognised');
  });

  test('does not take a portal’s question for the operator’s', () => {
    const page = { contentType: 'text/html', title: 'Room number', shows: ['number_field' as const] };
    const chainEnd = { kind: 'page', url: null, atMs: 1 } as const;
    const failure = failureOf('authorize.html_page', { hop: 1 });
    const run = runOf({ hops: [hopOf(1, { page })], chainEnd, failure, verdict: 'failed' });
    const cause = {
      code: 'captive_portal',
      owner: 'network',
      mechanism: null,
      seen: 'likely',
      confidence: 'likely',
      evidence: [],
      cure: 'sign_in_to_network',
    } as const;
    expect(failedAt({ ...run, cause: { ...cause, evidence: [] } })).toBe('not_reached');
  });

  test('says not recognised over an upgraded hop only where the operator answered so', () => {
    const chainEnd = { kind: 'error', url: null, atMs: 1 } as const;
    const told = failureOf('authorize.access_denied', {
      operatorError: { error: 'access_denied', description: 'Unknown user' },
    });
    expect(failedAt({ chainEnd, failure: told })).toBe('not_recognised');
    expect(failedAt({ chainEnd, failure: failureOf('authorize.tls') })).toBe('not_reached');
  });

  test.each(['error', 'refused'] as const)('says not reached where the chain ended with %s', (kind) => {
    expect(failedAt({ chainEnd: { kind, url: null, atMs: 1 }, failure: failureOf('authorize.dns') })).toBe(
      'not_reached',
    );
  });
});

describe('the other lamps', () => {
  test('there is no match before the run says so', () => {
    const saved = savedOf(runOf({ verdict: null, phase: 'verifying' }), { stage: 'handed_over' });
    expect(lampsOf(saved)[3]?.state).toBe('checking');
  });

  test('authorize waits for the judgement of its callback', () => {
    const legs = [{ ...authorizeLeg, outcome: 'running' as const }, ...runOf().legs.slice(1)];
    expect(lampsOf(savedOf(runOf({ verdict: null, legs }), { stage: 'handing_over' }))[1]?.state).toBe(
      'checking',
    );
  });

  test('authorize counts the hop on its way, and the next one while none is', () => {
    expect(lampsOf(moments.walking)[1]?.hop).toBe(3);
    expect(lampsOf(moments.paused)[1]?.hop).toBe(3);
  });

  test('a run whose end could not be handed over has nothing left to wait for', () => {
    const problem = { code: 'backend_unreachable', detail: null } as const;
    const legs = runOf().legs.map((leg) =>
      leg.name === 'authorize' ? { ...leg, outcome: 'unknown' as const } : notRun(leg),
    );
    const run = runOf({ verdict: 'cancelled', legs, chainEnd: { kind: 'cancelled', url: null, atMs: 5 } });
    expect(states(savedOf(run, { stage: 'handing_over', notSaved: problem }))).toBe(
      'not_known stopped not_run not_run',
    );
  });
});

describe('the lamps of an inspected chain', () => {
  const lit = (scope: string) => {
    const run = runOf({ profile: { ...runOf().profile, scope, version: null } });
    return lampsOf({ ...savedOf(run), chainOnly: true }).map(({ name }) => name);
  };

  test('are those of leg 1, and of the network only where it was asked for the SIM', () => {
    expect(lit('openid mc_vm_match_hash')).toEqual(['network', 'authorize']);
    expect(lit('openid dpv:FraudPreventionAndDetection number-verification:verify')).toHaveLength(2);
    expect(lit('openid email')).toEqual(['authorize']);
  });
});
