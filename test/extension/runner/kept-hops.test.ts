import { describe, expect, test } from 'vitest';

import { ChainEndRequest } from '#protocol/backend-api.ts';
import { Run } from '#protocol/run.ts';

import { CODE_VALID_MS, isCodeTooOld } from '../../../extension/runner/code-age.ts';
import {
  fateOf,
  KeptHops,
  keptOf,
  lineOfKept,
  shownKept,
  sortKept,
  withoutNumber,
} from '../../../extension/runner/kept-hops.ts';
import type { Submission } from '../../../extension/runner/pending-run.ts';
import { interruptedSubmission } from '../../../extension/runner/run-state.ts';
import { createRequest } from '../../support/bench.ts';
import { CALLBACK_END, hopOf, profileAt, REDIRECT_URI, runOf } from '../../support/fixtures.ts';

const create = createRequest();
const RUN = { ...runOf(profileAt('https://api.example')), id: create.id };
const HASH = 'a'.repeat(64);
const HOPS = [hopOf(), hopOf({ index: 2, startedAtMs: 30, durationMs: 25 })];
const pending = { create, backend: { url: 'http://127.0.0.1:8787', key: 'nvi_canary-key-canary-key' } };
const callback: Submission = {
  kind: 'callback',
  body: { hops: HOPS, chainEnd: CALLBACK_END, callbackUrl: `${REDIRECT_URI}?code=CANARY`, numberHash: HASH },
};
const interrupted = keptOf(pending, RUN, interruptedSubmission(HOPS, HASH), 7);

describe('what is kept on disk of a run', () => {
  test('is enough to report it, and has neither code nor hash nor key (PR3)', () => {
    for (const kept of [interrupted, keptOf(pending, RUN, callback, 7)]) {
      expect(KeptHops.parse(kept)).toEqual(kept);
      expect(ChainEndRequest.parse(kept.report).hops).toEqual(HOPS);
      expect(JSON.stringify(kept)).not.toMatch(/CANARY|canary|a{64}/);
    }
  });

  test('cannot hold a code or a hash even by mistake (PR3)', () => {
    const report = { ...interrupted.report, numberHash: HASH };
    expect(KeptHops.safeParse({ ...interrupted, report }).success).toBe(false);
    expect(KeptHops.safeParse({ ...interrupted, callbackUrl: REDIRECT_URI }).success).toBe(false);
  });

  test('of a callback says that its code was lost, of a chain under way that it was interrupted (C16, X5)', () => {
    const lost = shownKept(keptOf(pending, RUN, callback, 7));
    expect(Run.parse(lost)).toMatchObject({
      verdict: 'failed',
      failure: { code: 'callback.code_expired_locally' },
      cause: { owner: 'backend' },
      hops: HOPS,
    });
    expect(shownKept(interrupted)).toMatchObject({ verdict: 'interrupted', failure: null, hops: HOPS });
    expect(lineOfKept(interrupted)).toMatchObject({ id: create.id, hops: 2, refused: false, problem: null });
  });

  test('is done with once the backend has the hops, and never before it has ended the run (S3)', () => {
    const stored = { ...RUN, hops: HOPS, phase: 'ended' as const };
    expect(fateOf(interrupted, stored)).toBe('done');
    expect(fateOf(interrupted, { ...stored, phase: 'authorizing' })).toBe('wait');
    expect(fateOf(interrupted, { ...stored, hops: [] })).toBe('refused');
  });

  test('loses its mask with a number that is forgotten, and keeps that of another (PR3)', () => {
    const number = { mask: '+44 •••• •••907', country: 'GB' };
    const kept = { ...interrupted, create: { ...create, number }, run: { ...interrupted.run, number } };
    const forgotten = withoutNumber(kept, '+447700900907');
    expect(KeptHops.parse(forgotten)).toMatchObject({ create: { number: null }, run: { number: null } });
    expect(JSON.stringify(forgotten)).not.toContain('•907');
    expect(withoutNumber(kept, '+447700900908')).toBe(kept);
  });

  test('by another version is set aside as it is, and the rest is read (S4)', () => {
    const newer = { ...interrupted, schema: 2 };
    const broken = { id: 'x' };
    expect(sortKept([newer, interrupted, broken])).toEqual({ kept: [interrupted], strange: [newer, broken] });
  });
});

test('a code is good for a minute, and a clock that was set back makes it no younger (C16)', () => {
  expect(isCodeTooOld(1000, 1000 + CODE_VALID_MS)).toBe(false);
  expect(isCodeTooOld(1000, 1001 + CODE_VALID_MS)).toBe(true);
  expect(isCodeTooOld(10_000_000, 0)).toBe(true);
});
