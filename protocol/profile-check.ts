import * as z from 'zod/mini';

import { Cure, Owner } from './diagnosis/cause.ts';
import { FailureCode } from './failure-catalogue.ts';

/**
 * One line of a profile check, which needs no SIM: the authorize request up to its first answer, a token request with a
 * code that is none, the JWKS.
 */
export const ProfileCheckLine = z.object({
  name: z.enum(['authorize', 'token', 'jwks']),
  result: z.enum(['passed', 'failed', 'warned', 'not_checked']),
  /** What was answered, redacted text: a status, an operator's words, a runtime's code. */
  seen: z.string(),
  /** For `not_checked`: the reason, as a message key. */
  why: z.nullable(z.string()),
  failure: z.nullable(FailureCode),
  owner: z.nullable(Owner),
  cure: z.nullable(Cure),
  durationMs: z.nullable(z.number()),
});
export type ProfileCheckLine = z.infer<typeof ProfileCheckLine>;

/** POST /v1/profiles/:id/check. */
export const ProfileCheckReply = z.object({ profileId: z.string(), lines: z.array(ProfileCheckLine) });
export type ProfileCheckReply = z.infer<typeof ProfileCheckReply>;
