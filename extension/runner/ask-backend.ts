import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import type { ProblemCode } from './messages.ts';
import type { Reply } from './replies.ts';
import { readSettings } from './settings.ts';

/** Refusals that have a sentence of their own here. */
const OWN_WORDS: Partial<Record<string, ProblemCode>> = {
  'api.not_found': 'run_not_kept',
  'api.run_in_flight': 'run_in_flight',
};

/** One question to the paired backend, as a reply to the page that had it. */
export async function askBackend<T>(question: (backend: BackendClient) => Promise<T>): Promise<Reply<T>> {
  const { backend } = await readSettings();
  if (!backend) return { ok: false, problem: { code: 'not_paired', detail: null } };
  try {
    return { ok: true, value: await question(createBackendClient(backend)) };
  } catch (error) {
    const code = error instanceof BackendProblem ? OWN_WORDS[error.apiCode ?? ''] : undefined;
    if (code) return { ok: false, problem: { code, detail: null } };
    throw error;
  }
}
