/** Writes to runs that a store has, for tests that have only their ids: what a journal does that has the run at hand. */
import type { Run } from '#protocol/run.ts';
import { applyRunEvent, type RunEvent } from '#protocol/run-events.ts';

import type { RunStore } from '../../backend/store/run-store.ts';
import { profileAt, runOf } from './fixtures.ts';

const unknown = (id: string): Run => ({ ...runOf(profileAt('https://api.example')), id });

/** The record as it is with these events. */
export async function readWith(store: RunStore, id: string, events: readonly RunEvent[]): Promise<Run> {
  return events.reduce(applyRunEvent, (await store.read(id))?.run ?? unknown(id));
}

export async function appendTo(store: RunStore, id: string, events: readonly RunEvent[]): Promise<void> {
  await store.append(await readWith(store, id, events), events);
}

/** What the next event of a run is counted as. */
export const nextSequence = async (store: RunStore, id: string): Promise<number> =>
  ((await store.read(id))?.events.at(-1)?.sequence ?? 0) + 1;

/** Claims a run, and notes as its next event that the code was received. */
export async function claim(
  store: RunStore,
  id: string,
  digest: string,
  { numberHmac = null, code = null }: { numberHmac?: string | null; code?: string | null } = {},
): ReturnType<RunStore['claimSubmission']> {
  const run = (await store.read(id))?.run ?? unknown(id);
  const sequence = (run.events.at(-1)?.sequence ?? 1) + 1;
  const event: RunEvent = { type: 'phase', sequence, at: sequence, phase: 'code_received' };
  return store.claimSubmission(applyRunEvent(run, event), [event], { digest, numberHmac }, code);
}

/** Spends a code with a run of its own at this operator; false if it was spent before. */
export async function spend(store: RunStore, profileId: string, code: string): Promise<boolean> {
  const run = runOf(profileAt('https://api.example', { id: profileId }));
  await store.create(run, { type: 'created', sequence: 1, at: Date.now(), run }, 'digest');
  return (await claim(store, run.id, 'digest', { code })) === 'claimed';
}
