import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem, isPassing } from '../backend-client/backend-problem.ts';
import { beganAt } from './began-at.ts';
import { conditionsOf, tidy } from './conditions.ts';
import {
  clearUnsent,
  type Handoff,
  readHandoff,
  type UnsentHandoff,
  writeHandoff,
  writeUnsent,
} from './handoff.ts';
import { handoffAtStart, inTrouble, withHandoffEvent } from './handoff-state.ts';
import type { HandoffMessage } from './messages.ts';
import { hashNumber } from './number-hash.ts';

/** What a person at this screen said of a phone that is not here. Nothing of this browser is observed for it. */
export async function makeUnsent(
  { number, country, mask, profileId, scenario, expectation, stated }: HandoffMessage,
  backend: UnsentHandoff['backend'],
): Promise<UnsentHandoff> {
  const { profiles } = await createBackendClient(backend).profiles();
  const profile = profiles.find(({ id }) => id === profileId);
  if (!profile) throw new BackendProblem('unknown_profile', null);
  const now = new Date();
  const at = now.getTime();
  return {
    backend,
    create: {
      id: crypto.randomUUID(),
      profileId,
      scenario,
      capture: 'handoff',
      ...beganAt(now),
      number: { mask, country },
      conditions: conditionsOf(
        { stated: tidy(stated), at, connection: null },
        { browser: null, connection: null },
        at,
      ),
      expectation,
    },
    numberHash: await hashNumber(number, profile.hash),
  };
}

/** Asks the backend for the run and for its link; asked twice it is the same run and the same link. */
export async function sendUnsent(unsent: UnsentHandoff): Promise<Handoff> {
  const { create, numberHash } = unsent;
  const backend = createBackendClient(unsent.backend);
  await writeUnsent(unsent);
  try {
    const { run } = await backend.createRun(create);
    const offer = await backend.offerHandoff(run.id, { numberHash }).catch(async (error) => {
      // Without a link nobody can walk it, and it would stand there for ten minutes.
      await cancelAt(backend, run).catch(() => undefined);
      throw error;
    });
    const handoff = handoffAtStart(run, offer);
    await writeHandoff(handoff);
    return handoff;
  } finally {
    await clearUnsent();
  }
}

/** Tells the backend that nobody is to walk this run any more. What the phone did first stands. */
export async function cancelAt(backend: BackendClient, run: Pick<Handoff['run'], 'id' | 'startedAt'>) {
  const atMs = Math.max(0, Date.now() - run.startedAt);
  const chainEnd = { kind: 'cancelled', url: null, atMs } as const;
  try {
    for await (const _ of backend.postChainEnd(run.id, { hops: [], chainEnd, failure: null })) return;
  } catch (error) {
    const told = error instanceof BackendProblem ? error.apiCode : null;
    if (told !== 'api.idempotency_conflict' && told !== 'api.run_already_ended') throw error;
  }
}

/** Milliseconds between two tries to hear of the run, and how long after its link they go on. */
const TRY_AGAIN_MS = 2000;
const AFTER_MS = 120_000;

/** Follows the run to its verdict, over broken lines, until `dropped`. */
export async function followHandoff(
  given: Handoff,
  backend: BackendClient,
  dropped: AbortSignal,
): Promise<void> {
  let state = given;
  const save = async (changed: Handoff) => {
    state = changed;
    // Put away meanwhile, it must not come back.
    if (!dropped.aborted && (await readHandoff())?.run.id === state.run.id) await writeHandoff(state);
  };
  while (!dropped.aborted && state.stage !== 'done') {
    try {
      for await (const event of backend.followRun(state.run.id)) {
        if (dropped.aborted) return;
        await save(withHandoffEvent(state, event));
      }
    } catch (error) {
      if (!(error instanceof BackendProblem)) throw error;
      await save(inTrouble(state, error.told()));
      if (!isPassing(error) || Date.now() > state.expiresAt + AFTER_MS) return;
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}
