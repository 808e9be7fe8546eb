import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { failureOf } from '#protocol/failure.ts';
import { Run, type Verdict } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';
import { asExpected, legOf } from '#protocol/run-reading.ts';

import { CALLBACK_END, hopOf, profileAt, runOf } from '../support/fixtures.ts';

const run = runOf(profileAt('https://api.example'));
const fold = (events: RunEvent[], from = run) => events.reduce(applyRunEvent, from);

const check = {
  name: 'state',
  severity: 'fail',
  clause: 'x',
  expected: null,
  actual: null,
  why: null,
} as const;
const exchange = {
  request: { method: 'POST', url: 'https://api.example/token', headers: [], body: null },
  response: null,
  error: null,
  sent: 'no' as const,
  startedAtMs: 1,
  durationMs: 2,
};
const leg = fc.constantFrom('authorize' as const, 'token' as const, 'premiuminfo' as const);
const anEvent = fc.oneof(
  fc
    .constantFrom('redeeming' as const, 'verifying' as const)
    .map((phase) => ({ type: 'phase' as const, phase })),
  fc.constant({ type: 'chain' as const, hops: [hopOf()], chainEnd: CALLBACK_END }),
  fc.record({
    type: fc.constant('leg' as const),
    leg,
    outcome: fc.constantFrom('running' as const, 'passed' as const, 'failed' as const),
    startedAtMs: fc.option(fc.nat()),
    durationMs: fc.option(fc.nat()),
  }),
  leg.map((name) => ({ type: 'exchange' as const, leg: name, exchange })),
  leg.map((name) => ({
    type: 'checks' as const,
    leg: name,
    checks: [{ ...check, result: 'passed' as const }],
  })),
  fc.constantFrom<Verdict>('match', 'failed').map((verdict) => ({
    type: 'ended' as const,
    verdict,
    failure: null,
    cause: null,
  })),
);
const numbered = fc
  .array(anEvent, { maxLength: 12 })
  .map((events) => events.map((event, at) => ({ ...event, sequence: at + 1, at: 1000 + at }) as RunEvent));

describe('the record is the fold of its events', () => {
  test('an event that comes again changes nothing', () => {
    const property = fc.property(numbered, fc.array(fc.nat({ max: 11 })), (events, again) => {
      const repeated = again.flatMap((at) => events[at] ?? []);
      expect(fold([...events, ...repeated])).toEqual(fold(events));
      expect(fold([...events, ...events])).toEqual(fold(events));
    });
    fc.assert(property, { numRuns: 150 });
  });

  test('it can be taken up anywhere: what was folded before is not folded twice', () => {
    const property = fc.property(numbered, fc.nat({ max: 12 }), (events, at) => {
      const half = fold(events.slice(0, at));
      expect(fold(events, half)).toEqual(fold(events));
    });
    fc.assert(property, { numRuns: 150 });
  });

  test('it stays a record, and neither the run nor the events are changed', () => {
    const property = fc.property(numbered, (events) => {
      const before = structuredClone([run, events]);
      expect(() => Run.parse(fold(events))).not.toThrow();
      expect([run, events]).toEqual(before);
    });
    fc.assert(property, { numRuns: 150 });
  });

  test('it logs every event once, in the order of their numbers', () => {
    const property = fc.property(numbered, (events) => {
      const logged = fold(events).events;
      expect(logged.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence));
      expect(logged.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
    });
    fc.assert(property, { numRuns: 100 });
  });

  test('each event changes what it is about', () => {
    const failure = failureOf('token.timeout');
    const events = [
      { type: 'chain', hops: [hopOf()], chainEnd: CALLBACK_END },
      { type: 'leg', leg: 'token', outcome: 'running', startedAtMs: 5, durationMs: null },
      { type: 'exchange', leg: 'token', exchange },
      { type: 'exchange', leg: 'token', exchange },
      { type: 'checks', leg: 'token', checks: [{ ...check, result: 'failed' }] },
      { type: 'leg', leg: 'token', outcome: 'failed', startedAtMs: null, durationMs: 7 },
      { type: 'ended', verdict: 'unknown', failure, cause: null },
    ].map((event, at) => ({ ...event, sequence: at + 1, at: 1000 + at }) as RunEvent);
    const folded = fold(events);
    expect(folded).toMatchObject({
      phase: 'ended',
      verdict: 'unknown',
      failure,
      endedAt: 1006,
      hops: [{ index: 1 }],
    });
    const token = legOf(folded, 'token');
    expect(token).toMatchObject({ outcome: 'failed', startedAtMs: 5, durationMs: 7 });
    expect([token.exchanges.length, token.checks.length]).toEqual([2, 1]);
    expect(legOf(folded, 'premiuminfo')).toEqual(legOf(run, 'premiuminfo'));
  });
});

describe('an expected failure is a pass, and a run cut short is neither', () => {
  test.each([
    ['match', 'match', 'as_expected'],
    ['match', 'no_match', 'not_as_expected'],
    ['match', 'must_fail', 'not_as_expected'],
    ['no_match', 'no_match', 'as_expected'],
    ['no_match', 'match', 'not_as_expected'],
    ['failed', 'must_fail', 'as_expected'],
    ['failed', 'match', 'not_as_expected'],
    ['failed', 'no_match', 'not_as_expected'],
    ['interrupted', 'must_fail', 'inconclusive'],
    ['cancelled', 'match', 'inconclusive'],
    ['unknown', 'must_fail', 'inconclusive'],
    [null, 'match', 'inconclusive'],
  ] as const)('%s where %s was expected is %s', (verdict, expectation, expected) => {
    expect(asExpected({ ...run, verdict, expectation })).toBe(expected);
  });

  test.each([
    ['authorize.no_host_permission', 'A1'],
    ['authorize.permission_revoked', 'A1'],
    ['authorize.listener_not_ready', 'A3'],
    ['authorize.blocked_by_client', 'A42'],
    ['authorize.network_changed', 'A43'],
    ['authorize.offline', 'nothing was asked'],
    ['callback.code_expired_locally', 'C16'],
  ] as const)('what was lost on this side is neither, whatever was expected: %s (%s)', (code, _row) => {
    const failure = failureOf(code);
    for (const expectation of ['match', 'no_match', 'must_fail'] as const)
      expect(asExpected({ verdict: 'failed', failure, expectation })).toBe('inconclusive');
  });
});
