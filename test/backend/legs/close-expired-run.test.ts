/** What a run has come to when its process is gone, by the last thing that process committed. */
import { describe, expect, test } from 'vitest';

import type { LegName } from '#protocol/leg.ts';
import type { Phase } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import type { CarryTools } from '../../../backend/legs/carry-run.ts';
import { closeExpiredRun } from '../../../backend/legs/close-expired-run.ts';
import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { openJournal, type RunJournal } from '../../../backend/store/run-journal.ts';
import { CALLBACK_END, profileAt, runOf } from '../../support/fixtures.ts';

/** Commits what `before` adds, then loses its process; returns the run as it was closed. */
async function closedAfter(before: (journal: RunJournal) => Promise<void>) {
  const store = createMemoryRunStore();
  const run = runOf(profileAt('https://api.example'));
  await store.create(run, { type: 'created', sequence: 1, at: 1, run }, 'digest');
  const stored = await store.read(run.id);
  if (!stored) throw new Error('The run was not stored');
  await before(openJournal(stored.run, store, () => undefined));

  const published: string[] = [];
  const bugs: unknown[] = [];
  const tools = {
    store,
    publish: (_id, events) => void published.push(...events.map(({ type }) => type)),
    reportBug: (error) => void bugs.push(error),
  } as Partial<CarryTools> as CarryTools;
  await closeExpiredRun((await store.read(run.id))?.run ?? run, tools);
  expect(bugs).toEqual([]);
  expect(published.at(-1)).toBe('ended');
  const closed = (await store.read(run.id))?.run;
  if (!closed) throw new Error('The run is gone');
  return closed;
}

const chain = (journal: RunJournal) => {
  journal.add({ type: 'chain', hops: [], chainEnd: CALLBACK_END });
  leg(journal, 'authorize', 'passed');
};
const leg = (journal: RunJournal, name: LegName, outcome: 'running' | 'passed' | 'failed') =>
  journal.add({ type: 'leg', leg: name, outcome, startedAtMs: 1, durationMs: 1 });
const aboutToSend = (journal: RunJournal, name: LegName, phase: Phase) => {
  journal.add({ type: 'phase', phase });
  leg(journal, name, 'running');
};

describe('a run that nobody carries any more (K3)', () => {
  test('was interrupted if its process had only taken it on', async () => {
    const run = await closedAfter(async () => undefined);
    expect(run).toMatchObject({ verdict: 'interrupted', phase: 'ended', chainEnd: { kind: 'interrupted' } });
    expect(run.legs.map(({ outcome }) => outcome)).toEqual(['unknown', 'not_run', 'not_run']);
  });

  test('is unknown from the moment the token request was about to be sent (PR5)', async () => {
    const run = await closedAfter(async (journal) => {
      chain(journal);
      aboutToSend(journal, 'token', 'redeeming');
      await journal.commit();
    });
    expect(run.verdict).toBe('unknown');
    expect(run.legs.map(({ outcome }) => outcome)).toEqual(['passed', 'unknown', 'not_run']);
    expect(run.chainEnd).toEqual(CALLBACK_END);
  });

  test('is unknown from the moment premiuminfo was about to be asked', async () => {
    const run = await closedAfter(async (journal) => {
      chain(journal);
      aboutToSend(journal, 'token', 'redeeming');
      await journal.commit();
      leg(journal, 'token', 'passed');
      aboutToSend(journal, 'premiuminfo', 'verifying');
      await journal.commit();
    });
    expect(run.verdict).toBe('unknown');
    expect(legOf(run, 'premiuminfo').outcome).toBe('unknown');
  });

  test('was interrupted if nothing is known to have left', async () => {
    const run = await closedAfter(async (journal) => {
      chain(journal);
      await journal.commit();
    });
    expect(run.verdict).toBe('interrupted');
  });
});
