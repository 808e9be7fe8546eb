import { describe, expect, test } from 'vitest';

import { CallbackRequest, ChainEndRequest } from '#protocol/backend-api.ts';
import { failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { ChainEnd } from '#protocol/hop.ts';
import { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { Submission } from '../../../extension/runner/pending-run.ts';
import * as state from '../../../extension/runner/run-state.ts';
import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import type { WalkResult } from '../../../extension/walker/walk-chain.ts';
import { CALLBACK_END, hopOf, profileAt, REDIRECT_URI, runOf } from '../../support/fixtures.ts';

const RUN = runOf(profileAt('https://api.example'));
const HASH = 'a'.repeat(64);
const HOPS = [hopOf(), hopOf({ index: 2, startedAtMs: 30, durationMs: 25 })];
const PROBLEM = { code: 'backend_unreachable', detail: null } as const;
const started = state.savedAtStart(RUN);

function chainEnd(kind: ChainEnd['kind'], code: FailureCode | null): Submission {
  const body = {
    hops: HOPS,
    chainEnd: { kind, url: null, atMs: 55 },
    failure: code && failureOf(code, { hop: 2 }),
  };
  return { kind: 'chain-end', body };
}
const callback: Submission = {
  kind: 'callback',
  body: { hops: HOPS, chainEnd: CALLBACK_END, callbackUrl: `${REDIRECT_URI}?code=c`, numberHash: HASH },
};

const events: RunEvent[] = [
  { type: 'created', sequence: 1, at: 1, run: { ...RUN, events: [] } },
  { type: 'phase', sequence: 2, at: 2, phase: 'redeeming' },
  { type: 'chain', sequence: 3, at: 3, hops: HOPS.slice(0, 1), chainEnd: CALLBACK_END },
  { type: 'ended', sequence: 4, at: 4, verdict: 'match', failure: null, cause: null },
];

describe('what the backend is told', () => {
  test('of a chain that reached redirect_uri is the callback and the hash, and the failure of none', () => {
    const walk: WalkResult = {
      hops: HOPS,
      chainEnd: CALLBACK_END,
      callbackUrl: `${REDIRECT_URI}?code=c`,
      failure: null,
    };
    const submission = state.submissionOf(walk, HASH);
    expect(submission.kind).toBe('callback');
    expect(CallbackRequest.parse(submission.body)).toMatchObject({ numberHash: HASH, hops: HOPS });
  });

  test.each([
    ['error', 'authorize.dns'],
    ['refused', 'authorize.loop'],
    ['page', 'authorize.html_page'],
    ['cancelled', null],
  ] as [ChainEnd['kind'], FailureCode | null][])(
    'of a chain that ended as %s is that end and the hash, and no code (C15)',
    (kind, code) => {
      const walk: WalkResult = {
        hops: HOPS,
        chainEnd: { kind, url: null, atMs: 55 },
        callbackUrl: null,
        failure: code && failureOf(code),
      };
      const submission = state.submissionOf(walk, HASH);
      expect(submission.kind).toBe('chain-end');
      const { failure, numberHash, ...end } = ChainEndRequest.parse(submission.body);
      expect([failure?.code ?? null, numberHash]).toEqual([code, HASH]);
      expect(Object.keys(end)).toEqual(['hops', 'chainEnd']);
    },
  );

  test('of a chain that nobody walks any more is that, with the hops it had and their time (X5)', () => {
    expect(state.interruptedSubmission(HOPS, HASH).body).toEqual({
      hops: HOPS,
      chainEnd: { kind: 'interrupted', url: null, atMs: 55 },
      failure: null,
      numberHash: HASH,
    });
    const unknown = state.interruptedSubmission([], null).body;
    expect(unknown.chainEnd.atMs).toBe(0);
    expect(ChainEndRequest.parse(unknown)).not.toHaveProperty('numberHash');
    const unfinished = hopOf({ startedAtMs: 30, durationMs: null });
    expect(state.interruptedSubmission([unfinished], HASH).body.chainEnd.atMs).toBe(30);
  });
});

describe('while the run is under way', () => {
  test('it waits for a host and goes on, with the hops it had (A1, A16)', () => {
    const walking = state.withHops(started, HOPS, null);
    const waiting = state.waiting(walking, {
      kind: 'host_permission',
      host: 'portal.example',
      origins: ['*://portal.example/*'],
      since: 0,
      until: 60_000,
    });
    expect(waiting).toMatchObject({ run: { phase: 'waiting', hops: HOPS }, stage: 'walking' });
    expect(state.waitingOver(waiting)).toEqual({
      ...walking,
      run: { ...walking.run, phase: 'authorizing' },
    });
  });

  test('the hops are a copy: what the walker adds later changes no state that was saved', () => {
    const growing = [...HOPS];
    const saved = state.withHops(started, growing, null);
    growing.push(hopOf({ index: 3 }));
    expect(saved.run.hops).toHaveLength(2);
  });

  test('handing over takes what was under way off the screen, and a code is received only with a callback', () => {
    const live = { index: 3, url: 'https://x.test/', role: 'gateway', startedAtMs: 60 } as const;
    const walking: SavedRun = { ...state.withHops(started, [], live), notSaved: PROBLEM };
    const handed = state.handingOver(walking, callback);
    expect(handed).toMatchObject({ stage: 'handing_over', liveHop: null, waitingFor: null, notSaved: null });
    expect(handed.run).toMatchObject({ phase: 'code_received', hops: HOPS, chainEnd: CALLBACK_END });
    expect(state.handingOver(walking, chainEnd('error', 'authorize.dns')).run.phase).toBe('authorizing');
  });
});

describe('what the backend says', () => {
  const handed = state.handingOver(started, callback);
  const after = (count: number) => events.slice(0, count).reduce(state.withEvent, handed);

  test('acknowledges with the first event, and ends with the last', () => {
    expect(after(1).stage).toBe('handed_over');
    expect(after(3).stage).toBe('handed_over');
    expect(after(4)).toMatchObject({ stage: 'done', run: { verdict: 'match', phase: 'ended' } });
  });

  test('leaves the chain we saw in view until it has a chain of its own', () => {
    expect(after(2).run).toMatchObject({ hops: HOPS, chainEnd: CALLBACK_END });
    expect(after(3).run.hops).toHaveLength(1);
  });

  test('once more from the beginning, after a lost stream, comes to the same run', () => {
    const again = events.reduce(state.withEvent, after(3));
    expect(again).toEqual(after(4));
    expect(again.run.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(events.reduce(state.withEvent, after(4))).toEqual(after(4));
  });

  test('as a stored run counts, whatever was shown before', () => {
    const stored = { ...RUN, phase: 'ended', verdict: 'no_match' } as Run;
    expect(state.asStored({ ...handed, notSaved: PROBLEM }, stored)).toMatchObject({
      stage: 'done',
      notSaved: null,
      run: { verdict: 'no_match' },
    });
    expect(state.asStored(handed, { ...RUN, phase: 'redeeming' }).stage).toBe('handed_over');
  });
});

describe('a backend that cannot be told', () => {
  test.each([
    ['error', 'authorize.dns', 'failed', 'name_not_found'],
    ['refused', 'authorize.loop', 'failed', 'redirect_loop'],
    ['cancelled', null, 'cancelled', undefined],
    ['interrupted', null, 'interrupted', undefined],
  ] as [ChainEnd['kind'], FailureCode | null, string, string | undefined][])(
    'leaves a chain that ended as %s (%s) judged here, as %s: a whole record',
    (kind, code, verdict, cause) => {
      const submission = chainEnd(kind, code);
      const saved = state.notSaved(state.handingOver(started, submission), submission, PROBLEM);
      expect(saved.notSaved).toEqual(PROBLEM);
      expect(Run.parse(saved.run)).toMatchObject({ verdict, phase: 'ended', hops: HOPS });
      expect(saved.run.cause?.code).toBe(cause);
      expect(saved.run.legs.map(({ outcome }) => outcome)).toEqual([
        code ? 'failed' : 'unknown',
        'not_run',
        'not_run',
      ]);
    },
  );

  test('leaves a code that grew too old unsent, and says so as a chain that failed without it (C16, PR5)', () => {
    const expired = state.expiredSubmission(callback.body as CallbackRequest);
    expect(expired).toEqual({
      kind: 'chain-end',
      body: {
        hops: HOPS,
        chainEnd: CALLBACK_END,
        failure: failureOf('callback.code_expired_locally'),
        numberHash: HASH,
      },
    });
    const saved = state.notSaved(state.handingOver(started, callback), expired, PROBLEM);
    expect(Run.parse(saved.run)).toMatchObject({
      verdict: 'failed',
      cause: { code: 'backend_away', owner: 'backend', cure: 'start_backend' },
    });
  });

  test('leaves a code held and nothing judged (C16)', () => {
    const handed = state.handingOver(started, callback);
    expect(state.notSaved(handed, callback, PROBLEM)).toEqual({ ...handed, notSaved: PROBLEM });
  });
});
