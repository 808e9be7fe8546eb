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
      const runs: Run[] = [];
      const gone: string[] = [];
      for (let at = 0; at < runIds.length; at += AT_ONCE) {
        const some = runIds.slice(at, at + AT_ONCE);
        const found = await Promise.all(some.map((id) => readOrWhyNot(backend, id)));
        const refusal = found.find((one) => one instanceof BackendProblem);
        runs.push(...found.filter(isRun));
        gone.push(...some.filter((_, at) => found[at] === null));
        if (refusal && runs.length + gone.length === 0) throw refusal;
        if (refusal) break;
      }
      return { runs, gone };
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

function isRun(one: Run | null | BackendProblem): one is Run {
  return one !== null && !(one instanceof BackendProblem);
}

/** Null for a run that was deleted since its line was read; the refusal where it is only one for now. */
async function readOrWhyNot(backend: BackendClient, id: string): Promise<Run | null | BackendProblem> {
  try {
    return await backend.readRunForFile(id);
  } catch (error) {
    if (!(error instanceof BackendProblem)) throw error;
    if (error.apiCode === 'api.not_found') return null;
    if (error.until !== null) return error;
    throw error;
  }
}
