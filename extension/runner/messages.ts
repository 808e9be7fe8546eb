import * as z from 'zod/mini';
import { CoverageFilter, CoverageQuery } from '#protocol/coverage-api.ts';
import { RunCursor, RunFilter } from '#protocol/history-api.ts';
import { KeepCampaignRequest, PAGE_LIMIT } from '#protocol/history-requests.ts';
import { Run } from '#protocol/run.ts';
import { BEARERS, LONGEST_TEXT, NO_YES } from './conditions.ts';
import { RECORDS_A_MESSAGE } from './records-a-message.ts';
import { PAUSES_MS, TIMES } from './repeat.ts';

/** E.164. It goes no further than the background, which hashes it. */
const E164 = z.string().check(z.regex(/^\+[1-9]\d{4,14}$/));

/** What a run is started with. Its conditions are those stated last, see `settings.ts`. */
const start = {
  number: E164,
  country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/))),
  mask: z.string().check(z.maxLength(40)),
  profileId: z.string().check(z.maxLength(64)),
  scenario: z.nullable(z.string().check(z.maxLength(64))),
  expectation: z.enum(['match', 'no_match', 'must_fail']),
  capture: z.enum(['fetch', 'tab']),
};

const said = z.optional(z.string().check(z.maxLength(LONGEST_TEXT)));

/** What was stated of a phone that is not here. */
const StatedOfPhone = z.strictObject({
  operator: said,
  bearer: z.optional(z.enum(BEARERS)),
  roaming: z.optional(z.enum(NO_YES)),
  vpn: z.optional(z.enum(NO_YES)),
  device: said,
  place: said,
  campaign: said,
});

/** What a page of ours may ask of the background. Everything is parsed at the door; the sender is checked there too. */
export const Message = z.discriminatedUnion('type', [
  /** Whether anybody is there. */
  z.strictObject({ type: z.literal('hello') }),
  /** Connect a backend by the line it printed (`http://127.0.0.1:PORT/#KEY`) or by a link (`https://host/pair#CODE`). */
  z.strictObject({ type: z.literal('pair'), line: z.string().check(z.maxLength(2048)) }),
  /** Forget the backend here and give its key back. */
  z.strictObject({ type: z.literal('unpair') }),
  /** What the key may do, and until when. */
  z.strictObject({ type: z.literal('access') }),
  z.strictObject({ type: z.literal('profiles') }),
  z.strictObject({ type: z.literal('start'), ...start }),
  /** The same run several times, one after the other. */
  z.strictObject({
    type: z.literal('repeat'),
    ...start,
    times: z.literal(TIMES),
    pauseMs: z.literal(PAUSES_MS),
  }),
  /** No further run of the series; the one under way goes to its verdict. */
  z.strictObject({ type: z.literal('stop_repeat') }),
  z.strictObject({ type: z.literal('cancel') }),
  /** The permission the run waits for was granted in the page that asked. */
  z.strictObject({ type: z.literal('resume') }),
  /** Walk the chain of a pasted URL, without a backend. It is redacted before it is kept. */
  z.strictObject({ type: z.literal('inspect'), url: z.string().check(z.maxLength(65_536)) }),
  /** Whether the URL that looks like an answer is to be asked. */
  z.strictObject({ type: z.literal('answer_inspection'), goesOn: z.boolean() }),
  z.strictObject({ type: z.literal('forget_inspected') }),
  /** Have another device walk a run, by a link. */
  z.strictObject({
    type: z.literal('begin_handoff'),
    number: start.number,
    country: start.country,
    mask: start.mask,
    profileId: start.profileId,
    scenario: start.scenario,
    expectation: start.expectation,
    stated: StatedOfPhone,
  }),
  z.strictObject({ type: z.literal('cancel_handoff') }),
  /** Put it away and show its form again. */
  z.strictObject({ type: z.literal('dismiss_handoff') }),
  /** Put the finished run away and show the form again. */
  z.strictObject({ type: z.literal('dismiss') }),
  /** Have the operator asked once more about the number of this run, written the other way. */
  z.strictObject({ type: z.literal('hash_doctor'), runId: z.uuid(), number: E164 }),
  /** What of a profile can be checked without a SIM. */
  z.strictObject({ type: z.literal('check_profile'), profileId: z.string().check(z.maxLength(64)) }),
  /** Look at this browser before a run; `httpHost` is asked once over plain http. */
  z.strictObject({
    type: z.literal('preflight'),
    httpHost: z.nullable(z.string().check(z.regex(/^[a-z0-9.-]{1,253}$/))),
  }),
  /** A page of the runs that the backend keeps. */
  z.strictObject({
    type: z.literal('list_runs'),
    filter: RunFilter,
    cursor: z.nullable(RunCursor),
    limit: z.int().check(z.minimum(1), z.maximum(PAGE_LIMIT.most)),
  }),
  z.strictObject({ type: z.literal('count_runs'), filter: RunFilter }),
  z.strictObject({ type: z.literal('coverage'), query: CoverageQuery }),
  z.strictObject({ type: z.literal('latency'), filter: CoverageFilter }),
  /** The run that later runs of a profile are held against. */
  z.strictObject({ type: z.literal('read_reference'), profileId: z.string().check(z.maxLength(64)) }),
  z.strictObject({ type: z.literal('set_reference'), runId: z.uuid(), reference: z.boolean() }),
  z.strictObject({ type: z.literal('campaigns') }),
  z.strictObject({ type: z.literal('keep_campaign'), ...KeepCampaignRequest.shape }),
  z.strictObject({ type: z.literal('read_run'), runId: z.uuid() }),
  /** Several records at once, for a file. */
  z.strictObject({
    type: z.literal('read_runs'),
    runIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(RECORDS_A_MESSAGE)),
  }),
  /** One run of a file, as the file had it. */
  z.strictObject({ type: z.literal('import_run'), run: Run }),
  z.strictObject({ type: z.literal('delete_run'), runId: z.uuid() }),
  z.strictObject({ type: z.literal('pin_run'), runId: z.uuid(), pinned: z.boolean() }),
  /** The runs whose end the backend does not have yet. */
  z.strictObject({ type: z.literal('kept_runs') }),
  /** Hand them over now; answered with what is left. */
  z.strictObject({ type: z.literal('hand_over_kept') }),
  z.strictObject({ type: z.literal('read_kept'), runId: z.uuid() }),
  z.strictObject({ type: z.literal('discard_kept'), runId: z.uuid() }),
  /** Take this number out of all runs of the backend. */
  z.strictObject({ type: z.literal('forget_number'), number: E164 }),
  /** The closed lists that runs can be filtered by; pages have no zod to take them from. */
  z.strictObject({ type: z.literal('filter_choices') }),
]);
export type Message = z.infer<typeof Message>;
export type StartMessage = Extract<Message, { type: 'start' }>;
export type HandoffMessage = Extract<Message, { type: 'begin_handoff' }>;

/** Why the background said no; each has a sentence in `locales/` that says what to do. */
export type ProblemCode =
  | 'message_invalid'
  | 'sender_rejected'
  | 'not_paired'
  | 'pairing_line_invalid'
  | 'pairing_in_clear'
  | 'pairing_invalid'
  | 'pairing_not_kept'
  | 'backend_unreachable'
  | 'backend_not_ours'
  | 'backend_refused_key'
  | 'key_forbids'
  | 'backend_error'
  | 'backend_storage_away'
  | 'backend_busy'
  | 'unknown_profile'
  | 'run_active'
  | 'run_gone'
  | 'other_number'
  | 'hash_doctor_refused'
  | 'rate_limited'
  | 'budget_spent'
  | 'run_not_kept'
  | 'run_in_flight'
  | 'ended_without_hops'
  | 'background_gone'
  | 'host_permission_missing'
  | 'handoff_refused'
  | 'handoff_active'
  | 'url_not_walkable';

export interface Problem {
  code: ProblemCode;
  /** What the backend said, as text, where it said something. */
  detail: string | null;
  /** From when on trying again makes sense (UTC ms), where the backend said so. */
  until?: number;
}
