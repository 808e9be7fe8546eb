import { Worker } from 'node:worker_threads';

import { storageUnavailable } from '../storage-error.ts';
import { createOutbox } from './outbox.ts';
import { type Answer, type Call, errorOf, type WorkerCalls, type WorkerSettings } from './worker-messages.ts';

type Method = keyof WorkerCalls;

export interface SqliteThread {
  call<M extends Method>(method: M, ...args: Parameters<WorkerCalls[M]>): ReturnType<WorkerCalls[M]>;
  /** Closes the file, if it is open, and ends the thread. */
  close(): Promise<void>;
}

/** Starts the thread; nothing is opened before it is called to. */
export function startSqliteThread(settings: WorkerSettings): SqliteThread {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: settings });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const send = createOutbox<Call>((calls) => worker.postMessage(calls));
  let gone: Error | null = null;
  let calls = 0;

  worker.on('message', (answers: Answer[]) => {
    for (const answer of answers) {
      const waiter = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('fault' in answer) waiter?.reject(errorOf(answer.fault));
      else waiter?.resolve(answer.value);
    }
  });
  const end = (error: unknown) => {
    gone ??= storageUnavailable(error);
    for (const waiter of waiting.values()) waiter.reject(gone);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The thread of the store has ended')));

  const call = (method: Method, ...args: unknown[]): Promise<unknown> => {
    if (gone) return Promise.reject(gone);
    calls += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(calls, answer);
    send({ id: calls, method, args });
    return answer.promise;
  };
  return {
    call: call as SqliteThread['call'],
    async close() {
      await call('close').catch(() => worker.terminate());
      await exit;
    },
  };
}
