import type { Run } from '#protocol/run.ts';

import type { BackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import { askBackend } from './ask-backend.ts';
import type { Handlers } from './handlers.ts';
import type { ReplyValues } from './replies.ts';

/** Questions to the backend at one time. */
const AT_ONCE = 5;

/** What pages ask for to write a file of runs, and to take one in. */
export const fileHandlers: Pick<Handlers['on'], 'read_runs' | 'import_run'> = {
  read_runs: ({ runIds }) =>
    askBackend(async (backend) => {
      const found: (Run | null)[] = [];
      for (let at = 0; at < runIds.length; at += AT_ONCE) {
        const some = runIds.slice(at, at + AT_ONCE);
        found.push(...(await Promise.all(some.map((id) => readOrNull(backend, id)))));
      }
      return {
        runs: found.filter((run) => run !== null),
        gone: runIds.filter((_, at) => found[at] === null),
      };
    }),
  import_run: ({ run }) => askBackend((backend) => importOrRefuse(backend, run)),
};

/** A refusal of this run says nothing of the next one in its file; whatever else goes wrong would go wrong again. */
async function importOrRefuse(backend: BackendClient, run: Run): Promise<ReplyValues['import_run']> {
  try {
    return await backend.importRun(run);
  } catch (error) {
    if (error instanceof BackendProblem && REFUSES_ONE.has(error.apiCode)) return { result: 'refused' };
    throw error;
  }
}

const REFUSES_ONE: ReadonlySet<BackendProblem['apiCode']> = new Set(['api.bad_request', 'api.too_large']);

/** Null for a run that was deleted since its line was read. */
async function readOrNull(backend: BackendClient, id: string): Promise<Run | null> {
  try {
    return await backend.readRun(id);
  } catch (error) {
    if (error instanceof BackendProblem && error.apiCode === 'api.not_found') return null;
    throw error;
  }
}
