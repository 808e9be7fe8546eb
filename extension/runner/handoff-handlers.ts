import { createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { keepAwake } from './awake.ts';
import type { Handlers } from './handlers.ts';
import { clearHandoff, type Handoff, readHandoff, readUnsent } from './handoff.ts';
import { cancelAt, followHandoff, makeUnsent, sendUnsent } from './handoff-flow.ts';
import type { ProblemCode } from './messages.ts';
import { readSettings } from './settings.ts';

export interface Handoffs {
  on: Pick<Handlers['on'], 'begin_handoff' | 'cancel_handoff' | 'dismiss_handoff'>;
  /** Sees to what an earlier worker left: a link not asked for yet, a run not followed any more. */
  recover(): Promise<void>;
}

/** One hand-off at a time, beside whatever this browser itself is at: it is walked elsewhere. */
export function openHandoffs(): Handoffs {
  let beginning = false;
  let following: Promise<void> | null = null;
  let drop = new AbortController();

  /** Not awaited: the page watches what is written. */
  const follow = async (handoff: Handoff) => {
    const { backend } = await readSettings();
    if (!backend || following || handoff.stage === 'done') return;
    drop = new AbortController();
    following = keepAwake(followHandoff(handoff, createBackendClient(backend), drop.signal)).finally(() => {
      following = null;
    });
  };

  return {
    on: {
      async begin_handoff(message) {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        if (beginning || (await isHandoffOpen())) return refuse('handoff_active');
        beginning = true;
        try {
          const handoff = await sendUnsent(await makeUnsent(message, backend));
          drop.abort();
          await following;
          await follow(handoff);
          return { ok: true, value: { runId: handoff.run.id } };
        } finally {
          beginning = false;
        }
      },
      async cancel_handoff() {
        const [{ backend }, handoff] = await Promise.all([readSettings(), readHandoff()]);
        if (!backend) return refuse('not_paired');
        if (!handoff) return refuse('run_gone');
        await cancelAt(createBackendClient(backend), handoff.run);
        await follow(handoff);
        return { ok: true, value: null };
      },
      async dismiss_handoff() {
        const handoff = await readHandoff();
        if (handoff && handoff.stage !== 'done' && handoff.trouble === null) return refuse('handoff_active');
        drop.abort();
        await clearHandoff();
        return { ok: true, value: null };
      },
    },
    async recover() {
      if (beginning || following) return;
      const unsent = await readUnsent();
      const handoff = unsent
        ? await sendUnsent(unsent).catch((error: unknown) => {
            if (error instanceof BackendProblem) return null;
            throw error;
          })
        : await readHandoff();
      if (handoff) await follow(handoff);
    },
  };
}

/** Whether a phone may still walk the run of a link. */
export async function isHandoffOpen(): Promise<boolean> {
  const handoff = await readHandoff();
  return handoff !== null && handoff.stage !== 'done';
}

function refuse(code: ProblemCode): { ok: false; problem: { code: ProblemCode; detail: null } } {
  return { ok: false, problem: { code, detail: null } };
}
