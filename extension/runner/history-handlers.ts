import { CauseCode } from '#protocol/diagnosis/cause.ts';
import { FailureCode } from '#protocol/failure-catalogue.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import { type BackendClient, createBackendClient } from '../backend-client/backend-client.ts';
import { BackendProblem } from '../backend-client/backend-problem.ts';
import type { Handlers } from './handlers.ts';
import type { ProblemCode, Reply } from './messages.ts';
import { hashNumber } from './number-hash.ts';
import { readSettings } from './settings.ts';

type HistoryMessage =
  | 'list_runs'
  | 'count_runs'
  | 'coverage'
  | 'latency'
  | 'read_reference'
  | 'set_reference'
  | 'campaigns'
  | 'keep_campaign'
  | 'read_run'
  | 'delete_run'
  | 'pin_run'
  | 'forget_number'
  | 'filter_choices';

/** What pages ask of the runs that the backend keeps. */
export const historyHandlers: Pick<Handlers['on'], HistoryMessage> = {
  list_runs: ({ filter, cursor, limit }) => ask((backend) => backend.listRuns(filter, cursor, limit)),
  count_runs: ({ filter }) => ask((backend) => backend.countRuns(filter)),
  coverage: ({ query }) => ask((backend) => backend.coverage(query)),
  latency: ({ filter }) => ask((backend) => backend.latency(filter)),
  read_reference: ({ profileId }) => ask((backend) => backend.referenceOf(profileId)),
  set_reference: ({ runId, reference }) => ask((backend) => backend.setReference(runId, reference)),
  campaigns: () => ask((backend) => backend.campaigns()),
  keep_campaign: ({ type: _, ...request }) => ask((backend) => backend.keepCampaign(request)),
  read_run: ({ runId }) =>
    ask(async (backend) => {
      // What is kept beside the record stands in its line only; looked for by its id, that is the whole list.
      const [run, { runs }] = await Promise.all([
        backend.readRun(runId),
        backend.listRuns({ text: runId }, null, 1),
      ]);
      return { run, line: runs[0] ?? summaryOf(run, NOT_KEPT) };
    }),
  delete_run: ({ runId }) => ask((backend) => backend.deleteRun(runId)),
  pin_run: ({ runId, pinned }) => ask((backend) => backend.pinRun(runId, pinned)),
  forget_number: ({ number }) =>
    ask(async (backend) => {
      // Profiles differ in how they write it, and so do the digests of their runs.
      const hashes = await Promise.all([hashNumber(number, 'plus'), hashNumber(number, 'plain')]);
      const forgotten = await Promise.all(hashes.map((hash) => backend.forgetNumber(hash)));
      return { runs: forgotten.reduce((sum, { runs }) => sum + runs, 0) };
    }),
  async filter_choices() {
    return { ok: true, value: { causes: CauseCode.options, failures: FailureCode.options } };
  },
};

const OWN_WORDS: Partial<Record<string, ProblemCode>> = {
  'api.not_found': 'run_not_kept',
  'api.run_in_flight': 'run_in_flight',
};

async function ask<T>(question: (backend: BackendClient) => Promise<T>): Promise<Reply<T>> {
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
