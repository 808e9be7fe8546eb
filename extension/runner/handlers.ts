import { isWalkable } from '#protocol/lint/lint-url.ts';

import { createBackendClient } from '../backend-client/backend-client.ts';
import { askHashDoctor } from './ask-hash-doctor.ts';
import { keepAwake } from './awake.ts';
import { fileHandlers } from './file-handlers.ts';
import { openHandoffs } from './handoff-handlers.ts';
import { historyHandlers } from './history-handlers.ts';
import { answerInspection, inspectFlow } from './inspect-flow.ts';
import { clearInspected } from './inspected.ts';
import { keptHandlers } from './kept-handlers.ts';
import type { Message, ProblemCode, StartMessage } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { pairingHandlers } from './pairing-handlers.ts';
import { openPreflights } from './preflights.ts';
import type { Reply, ReplyValues } from './replies.ts';
import { readSettings } from './settings.ts';

type Answer<T extends Message['type']> = Reply<ReplyValues[T]>;

export interface Handlers {
  on: { [T in Message['type']]: (message: Extract<Message, { type: T }>) => Promise<Answer<T>> };
  /** Something was granted: a waiting run should look again. */
  permissionSign(): void;
  /** Sees to what an earlier worker left undone, if nothing is being done already. */
  recover(): Promise<void>;
  isIdle(): boolean;
}

/** What may be asked of the background, and what it answers. */
export function openHandlers(): Handlers {
  const runs = oneAtATime();
  const handoffs = openHandoffs();
  const preflights = openPreflights(runs.isIdle);

  return {
    permissionSign: runs.permissionSign,
    async recover() {
      // They go side by side: neither waits for what the other follows.
      await Promise.all([runs.recover(), handoffs.recover()]);
    },
    isIdle: runs.isIdle,
    on: {
      ...pairingHandlers,
      ...handoffs.on,
      ...historyHandlers,
      ...keptHandlers,
      ...fileHandlers,
      async hello() {
        return done();
      },
      async profiles() {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        return { ok: true, value: await createBackendClient(backend).profiles() };
      },
      start: ({ type: _, ...start }) => begin(start, null),
      repeat: ({ type: _, times, pauseMs, ...start }) => begin(start, { times, pauseMs }),
      async stop_repeat() {
        await runs.stopSeries();
        return done();
      },
      async cancel() {
        await runs.cancel();
        return done();
      },
      async resume() {
        runs.permissionSign();
        return done();
      },
      async inspect({ url }) {
        if (!isWalkable(url)) return refuse('url_not_walkable');
        const refused = await runs.occupy((controls) => inspectFlow(url, controls));
        return refused ? refuse(refused) : done();
      },
      async answer_inspection({ goesOn }) {
        answerInspection(goesOn);
        return done();
      },
      async forget_inspected() {
        await clearInspected();
        return done();
      },
      async dismiss() {
        const refused = await runs.dismiss();
        return refused ? refuse(refused) : done();
      },
      async hash_doctor({ runId, number }) {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        const refused = await keepAwake(askHashDoctor(runId, number, createBackendClient(backend)));
        return refused ? refuse(refused) : done();
      },
      async preflight({ httpHost }) {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        const seen = await keepAwake(preflights.look(backend.url, httpHost));
        return seen ? { ok: true, value: seen } : refuse('run_active');
      },
      async check_profile({ profileId }) {
        const { backend } = await readSettings();
        if (!backend) return refuse('not_paired');
        return { ok: true, value: await keepAwake(createBackendClient(backend).checkProfile(profileId)) };
      },
    },
  };

  async function begin(
    start: Omit<StartMessage, 'type'>,
    repeat: { times: number; pauseMs: number } | null,
  ): Promise<Answer<'start'>> {
    const opened = await runs.begin(start, repeat);
    if (typeof opened === 'string') return refuse(opened);
    return { ok: true, value: { runId: opened.saved.run.id } };
  }
}

function refuse(code: ProblemCode): { ok: false; problem: { code: ProblemCode; detail: null } } {
  return { ok: false, problem: { code, detail: null } };
}

function done(): { ok: true; value: null } {
  return { ok: true, value: null };
}
