import type { ProfilesReply } from '#protocol/backend-api.ts';
import type { CoverageReply, LatencyReply } from '#protocol/coverage-api.ts';
import type { CauseCode } from '#protocol/diagnosis/cause.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { RunCount, RunSummary, RunsReply } from '#protocol/history-api.ts';
import type {
  CampaignsReply,
  ForgetNumberReply,
  ImportRunReply,
  KeepCampaignRequest,
  PinRequest,
  ReferenceReply,
  ReferenceRequest,
} from '#protocol/history-requests.ts';
import type { Profile } from '#protocol/profile.ts';
import type { ProfileCheckReply } from '#protocol/profile-check.ts';
import type { Run } from '#protocol/run.ts';
import type { KeptRuns } from './kept-hops.ts';
import type { Problem } from './messages.ts';
import type { Preflight } from './preflight.ts';
import type { KeyAccess } from './settings.ts';

/** What the background says to a message: what was asked for, or why not. */
export type Reply<T = null> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What each message is answered with. */
export interface ReplyValues {
  hello: null;
  pair: { profiles: Profile[] };
  /** What has become of the key at the backend. That of its own machine is nobody's to give back. */
  unpair: { key: 'given_back' | 'kept_by_machine' | 'still_valid' };
  access: KeyAccess;
  profiles: ProfilesReply;
  start: { runId: string };
  /** The first run of the series. */
  repeat: { runId: string };
  stop_repeat: null;
  cancel: null;
  resume: null;
  inspect: null;
  answer_inspection: null;
  forget_inspected: null;
  begin_handoff: { runId: string };
  cancel_handoff: null;
  dismiss_handoff: null;
  dismiss: null;
  /** The answer itself is in the saved run by then. */
  hash_doctor: null;
  check_profile: ProfileCheckReply;
  preflight: Preflight;
  list_runs: RunsReply;
  count_runs: RunCount;
  coverage: CoverageReply;
  latency: LatencyReply;
  read_reference: ReferenceReply;
  set_reference: ReferenceRequest;
  campaigns: CampaignsReply;
  keep_campaign: KeepCampaignRequest;
  /** The record, as it was made; what is known of it beside stands in its line. */
  read_run: { run: Run; line: RunSummary };
  /** In the order asked for; `gone` are those that the backend has no more. What is in neither is to be asked for again: it was too much at once. */
  read_runs: { runs: Run[]; gone: string[] };
  /** `refused`: the backend keeps no such run, whoever asks and however often. */
  import_run: { result: ImportRunReply['result'] | 'refused' };
  delete_run: null;
  pin_run: PinRequest;
  kept_runs: KeptRuns;
  hand_over_kept: KeptRuns;
  /** Null where nothing is kept of it here. */
  read_kept: { run: Run } | null;
  discard_kept: KeptRuns;
  forget_number: ForgetNumberReply;
  filter_choices: { causes: CauseCode[]; failures: FailureCode[] };
}
