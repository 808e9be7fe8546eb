import * as z from 'zod/mini';

import type { Profile } from '#protocol/profile.ts';
import type { ProfileCheckReply } from '#protocol/profile-check.ts';

/** E.164. It goes no further than the background, which hashes it. */
const E164 = z.string().check(z.regex(/^\+[1-9]\d{4,14}$/));

/** What a page of ours may ask of the background. Everything is parsed at the door; the sender is checked there too. */
export const Message = z.discriminatedUnion('type', [
  /** Save a backend from the line it printed (`http://127.0.0.1:PORT/#KEY`), after asking it for its profiles. */
  z.strictObject({ type: z.literal('pair'), line: z.string().check(z.maxLength(2048)) }),
  z.strictObject({ type: z.literal('unpair') }),
  z.strictObject({ type: z.literal('profiles') }),
  z.strictObject({
    type: z.literal('start'),
    number: E164,
    country: z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/))),
    mask: z.string().check(z.maxLength(40)),
    profileId: z.string().check(z.maxLength(64)),
    scenario: z.nullable(z.string().check(z.maxLength(64))),
    expectation: z.enum(['match', 'no_match', 'must_fail']),
  }),
  z.strictObject({ type: z.literal('cancel') }),
  /** The permission the run waits for was granted in the page that asked. */
  z.strictObject({ type: z.literal('resume') }),
  /** Put the finished run away and show the form again. */
  z.strictObject({ type: z.literal('dismiss') }),
  /** Have the operator asked once more about the number of this run, written the other way. */
  z.strictObject({ type: z.literal('hash_doctor'), runId: z.uuid(), number: E164 }),
  /** What of a profile can be checked without a SIM. */
  z.strictObject({ type: z.literal('check_profile'), profileId: z.string().check(z.maxLength(64)) }),
]);
export type Message = z.infer<typeof Message>;
export type StartMessage = Extract<Message, { type: 'start' }>;

/** Why the background said no; each has a sentence in `locales/` that says what to do. */
export type ProblemCode =
  | 'message_invalid'
  | 'sender_rejected'
  | 'not_paired'
  | 'pairing_line_invalid'
  | 'backend_unreachable'
  | 'backend_not_ours'
  | 'backend_refused_key'
  | 'backend_error'
  | 'unknown_profile'
  | 'run_active'
  | 'run_gone'
  | 'other_number'
  | 'hash_doctor_refused'
  | 'rate_limited'
  | 'background_gone'
  | 'host_permission_missing';

export interface Problem {
  code: ProblemCode;
  /** What the backend said, as text, where it said something. */
  detail: string | null;
}

export type Reply<T = null> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What each message is answered with. */
export interface ReplyValues {
  pair: { profiles: Profile[] };
  unpair: null;
  profiles: { profiles: Profile[] };
  start: { runId: string };
  cancel: null;
  resume: null;
  dismiss: null;
  /** The answer itself is in the saved run by then. */
  hash_doctor: null;
  check_profile: ProfileCheckReply;
}
