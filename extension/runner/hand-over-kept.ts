import type { Run } from '#protocol/run.ts';

import type { BackendAddress } from '../backend-client/backend-call.ts';
import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem, isPassing } from '../backend-client/backend-problem.ts';
import { fateOf, type KeptHops, type KeptRuns, lineOfKept } from './kept-hops.ts';
import { changeKept, dropKept, readKept } from './kept-hops-store.ts';
import type { Problem } from './messages.ts';
import { readPendingRun } from './pending-run.ts';
import { readSettings } from './settings.ts';

let handing: Promise<void> | null = null;

/** Reports the runs that an absent backend missed, one after the other; all who ask meanwhile wait for the same. */
export function handOverKept(): Promise<void> {
  handing ??= handOverAll().finally(() => {
    handing = null;
  });
  return handing;
}

/** What is not yet saved. The run in view is seen to by itself and is not among these. */
export async function keptRuns(): Promise<KeptRuns> {
  const [{ kept, aside }, active] = await Promise.all([readKept(), readPendingRun()]);
  return { runs: kept.filter(({ id }) => id !== active?.create.id).map(lineOfKept), aside };
}

/** The backend has this run: what is kept of it has done its work, unless it ended without it. */
export async function settleKept(stored: Run): Promise<void> {
  const found = await keptNow(stored.id);
  if (!found) return;
  const fate = fateOf(found, stored);
  if (fate === 'done') await dropKept(found.id);
  if (fate === 'refused')
    await changeKept(found.id, (now) => ({ ...now, refused: true, problem: WITHOUT_HOPS }));
}

/** The record as it is now: it may have gone, or have got more hops, since the list was read. */
async function keptNow(id: string): Promise<KeptHops | undefined> {
  return (await readKept()).kept.find((one) => one.id === id);
}

const WITHOUT_HOPS: Problem = { code: 'ended_without_hops', detail: null };

async function handOverAll(): Promise<void> {
  const { backend } = await readSettings();
  const { kept } = await readKept();
  if (!backend || kept.length === 0) return;
  for (const { id } of kept) {
    // Read anew each time: a run may have begun meanwhile, and this one may have been discarded.
    const [active, one] = await Promise.all([readPendingRun(), keptNow(id)]);
    if (!one || one.refused || id === active?.create.id) continue;
    const problem = await handOver(one, backend);
    if (problem) await changeKept(id, (now) => ({ ...now, problem }));
    if (problem && isPassing(problem)) return;
  }
}

async function handOver(kept: KeptHops, address: BackendAddress): Promise<Problem | null> {
  const backend = createBackendClient(address);
  try {
    await report(kept, backend).catch(async (error) => {
      if (!(error instanceof BackendProblem)) throw error;
      if (TAKEN.includes(error.apiCode ?? '')) return;
      // The same backend, without the run: its history was in memory. The same request makes the same run.
      if (error.apiCode !== 'api.not_found' || address.url !== kept.backendUrl) throw error;
      await backend.createRun(kept.create);
      await report(kept, backend);
    });
    await settleKept(await backend.readRun(kept.id));
    return null;
  } catch (error) {
    if (!(error instanceof BackendProblem)) throw error;
    if (error.apiCode === 'api.not_found') return { code: 'run_not_kept', detail: null };
    return error.told();
  }
}

/** It has a report of this run already, or has given the run up. */
const TAKEN: string[] = ['api.idempotency_conflict', 'api.run_already_ended'];

async function report({ id, report: body }: KeptHops, backend: BackendClient): Promise<void> {
  for await (const event of backend.postChainEnd(id, body)) {
    if (event.type === 'ended') return;
  }
}
