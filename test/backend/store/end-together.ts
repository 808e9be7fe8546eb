/** Many runs of few cells end at the same moment, half of them as they are claimed, and every third is deleted at once, in all of the stores. */
import { expect } from 'vitest';

import type { CoverageReply } from '#protocol/coverage-api.ts';
import { type CoverageTable, readTable } from '#protocol/coverage-table.ts';
import type { Verdict } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { appendTo, readWith } from '../../support/write-to.ts';
import { created, ended, profile } from './contract.ts';
import { stated } from './history-cases.ts';

const VERDICTS: Verdict[] = ['match', 'no_match', 'unknown'];
const ASKED = { rows: 'place', columns: 'campaign', operator: 'together' } as const;

/** Holds what each store says then against a recount; returns what the first says of everything. */
export async function endTogether(stores: readonly RunStore[], count: number): Promise<CoverageTable> {
  const oracle = createMemoryRunStore();
  const storeOf = (at: number) => stores[at % stores.length] as RunStore;
  const runs = Array.from({ length: count }, (_, at) =>
    runOf(profile, { ...stated({ operator: 'together', place: `place ${at % 4}` }), startedAt: at % 2 }),
  );
  await Promise.all(
    runs.map(async (run, at) => {
      const events = [{ ...ended, verdict: VERDICTS[at % VERDICTS.length] ?? 'match' }];
      for (const store of [storeOf(at), oracle]) {
        await store.create(run, created(run), 'digest');
        if (at % 2 === 0) await appendTo(store, run.id, events);
        else await endClaimed(store, run.id, events);
        if (at % 3 === 0) expect(await store.delete(run.id)).toBe('deleted');
      }
    }),
  );
  const wanted = inOrder(await oracle.coverage(ASKED));
  for (const store of stores) expect(inOrder(await store.coverage(ASKED))).toEqual(wanted);
  return storeOf(0).coverage({ rows: 'place', columns: 'campaign' });
}

/** As a chain does that gave nothing to redeem; the same again changes nothing. */
async function endClaimed(store: RunStore, id: string, events: readonly RunEvent[]): Promise<void> {
  const run = await readWith(store, id, events);
  const submission = { digest: `of ${id}`, numberHmac: null };
  expect(await store.claimSubmission(run, events, submission, null)).toBe('claimed');
  expect(await store.claimSubmission(run, events, submission, null)).toBe('same');
  expect((await store.read(id))?.submissionDigest).toBe(submission.digest);
}

/** Cells come in no particular order. */
export function inOrder(table: CoverageTable): CoverageReply {
  const { cells, ...reply } = readTable(table);
  const name = ({ row, column }: CoverageReply['cells'][number]) => JSON.stringify([row, column]);
  return { cells: cells.toSorted((a, b) => (name(a) < name(b) ? -1 : 1)), ...reply };
}
