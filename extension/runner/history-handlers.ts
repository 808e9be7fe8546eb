import { CauseCode } from '#protocol/diagnosis/cause.ts';
import { FailureCode } from '#protocol/failure-catalogue.ts';
import { NOT_KEPT, summaryOf } from '#protocol/run-summary.ts';

import { askBackend as ask } from './ask-backend.ts';
import type { Handlers } from './handlers.ts';
import { forgetKept } from './kept-hops-store.ts';
import { hashNumber } from './number-hash.ts';

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

/** Lines that are asked for to find the one of a run: a file can name its runs after another. */
const LINES_OF_ONE = 20;

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
      // What is kept beside the record stands in its line only; another can have its id as a correlation id.
      const [run, { runs }] = await Promise.all([
        backend.readRun(runId),
        backend.listRuns({ text: runId }, null, LINES_OF_ONE),
      ]);
      return { run, line: runs.find(({ id }) => id === runId) ?? summaryOf(run, NOT_KEPT) };
    }),
  delete_run: ({ runId }) => ask((backend) => backend.deleteRun(runId)),
  pin_run: ({ runId, pinned }) => ask((backend) => backend.pinRun(runId, pinned)),
  forget_number: ({ number }) =>
    ask(async (backend) => {
      // First: what is handed over meanwhile has no mask any more.
      await forgetKept(number);
      // Profiles differ in how they write it, and so do the digests of their runs.
      const hashes = await Promise.all([hashNumber(number, 'plus'), hashNumber(number, 'plain')]);
      const forgotten = await Promise.all(hashes.map((hash) => backend.forgetNumber(hash)));
      return { runs: forgotten.reduce((sum, { runs }) => sum + runs, 0) };
    }),
  async filter_choices() {
    return { ok: true, value: { causes: CauseCode.options, failures: FailureCode.options } };
  },
};
