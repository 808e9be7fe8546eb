import * as z from 'zod/mini';

/** How long a link for a phone waits, and its run with it (ms). */
export const HANDOFF_MS = 600_000;

/** The path of the backend's own callback page; a profile whose redirect_uri leads there can be handed to a phone. */
export const CALLBACK_PATH = '/callback';

/** POST /v1/runs/:id/handoff, of a run that was made with `capture: handoff`. */
export const HandoffRequest = z.strictObject({
  /** SHA-256 of the number, lower-case hex; sealed until the phone is back. */
  numberHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type HandoffRequest = z.infer<typeof HandoffRequest>;

export const HandoffReply = z.object({
  /** For the browser of the phone; one use. */
  link: z.string(),
  /** UTC milliseconds. */
  expiresAt: z.int(),
});
export type HandoffReply = z.infer<typeof HandoffReply>;
