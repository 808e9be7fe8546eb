import type { RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import type { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';

type Ask = typeof askBackground;

/** Why this run stands on the left: a person chose it, it is the profile's reference, or it is the best there is. */
export type Why = 'given' | 'reference' | 'last_match';

export interface Side {
  run: Run;
  line: RunSummary;
}

export type Sides =
  | { state: 'both'; reference: Side; run: Side; why: Why }
  /** There is nothing to hold it against yet. */
  | { state: 'alone'; run: Side }
  /** No run has ended yet. */
  | { state: 'none' }
  | { state: 'problem'; problem: Problem };

interface Wanted {
  runId: string | null;
  referenceId: string | null;
}

/** Both runs of a comparison, by the address and, for what it leaves open, by what the backend keeps. */
export async function chooseSides({ runId, referenceId }: Wanted, ask: Ask): Promise<Sides> {
  try {
    const wanted = runId ?? (await newestRun(ask));
    if (!wanted) return { state: 'none' };
    const run = await readSide(wanted, ask);
    // A run beside itself shows nothing; it is as if no other had been named.
    const chosen =
      referenceId && referenceId !== wanted
        ? { id: referenceId, why: 'given' as const }
        : await chooseReference(run.run, ask);
    if (!chosen) return { state: 'alone', run };
    const reference = await readSide(chosen.id, ask);
    const why = reference.line.reference && chosen.why === 'given' ? 'reference' : chosen.why;
    return { state: 'both', reference, run, why };
  } catch (error) {
    if (error instanceof NoAnswer) return { state: 'problem', problem: error.problem };
    throw error;
  }
}

/** The profile's reference; without one, the last match of that profile, live beside live and simulated beside simulated if there is such a one. */
async function chooseReference(run: Run, ask: Ask): Promise<{ id: string; why: Why } | null> {
  const { run: kept } = await answered(ask({ type: 'read_reference', profileId: run.profile.id }));
  if (kept && kept.id !== run.id) return { id: kept.id, why: 'reference' };
  const filter = { profile: run.profile.id, verdict: 'match' as const };
  const origin = run.origin === 'simulated' ? ('simulated' as const) : ('live' as const);
  for (const one of [{ ...filter, origin }, filter]) {
    const { runs } = await answered(ask({ type: 'list_runs', filter: one, cursor: null, limit: 2 }));
    const found = runs.find(({ id }) => id !== run.id);
    if (found) return { id: found.id, why: 'last_match' };
  }
  return null;
}

/** The newest that has ended; one or two under way may stand before it. */
async function newestRun(ask: Ask): Promise<string | null> {
  const { runs } = await answered(ask({ type: 'list_runs', filter: {}, cursor: null, limit: 10 }));
  return runs.find(({ phase }) => phase === 'ended')?.id ?? null;
}

function readSide(runId: string, ask: Ask): Promise<Side> {
  return answered(ask({ type: 'read_run', runId }));
}

/** Ends the whole choice: without this answer there is none. */
class NoAnswer extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

async function answered<T>(
  asked: Promise<{ ok: true; value: T } | { ok: false; problem: Problem }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new NoAnswer(reply.problem);
  return reply.value;
}
