import * as z from 'zod/mini';

import { RunCursor, RunFilter } from './history-api.ts';

/** How many runs a page of the history may have, and has unless asked otherwise. */
export const PAGE_LIMIT = { most: 200, usual: 50 } as const;

/** GET /v1/runs. A query string has text alone; a name this backend does not know is refused, not ignored. */
export const ListRunsQuery = z.strictObject({
  ...RunFilter.shape,
  cursor: z.optional(RunCursor),
  limit: z._default(
    z.pipe(
      z.pipe(z.string().check(z.regex(/^[1-9]\d{0,2}$/)), z.transform(Number)),
      z.int().check(z.maximum(PAGE_LIMIT.most)),
    ),
    PAGE_LIMIT.usual,
  ),
});

/** POST /v1/runs/:id/pin, answered with the same. */
export const PinRequest = z.strictObject({ pinned: z.boolean() });
export type PinRequest = z.infer<typeof PinRequest>;

/** POST /v1/numbers/forget. SHA-256 of the number, lower-case hex, in the form its runs were made with. */
export const ForgetNumberRequest = z.strictObject({
  numberHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type ForgetNumberRequest = z.infer<typeof ForgetNumberRequest>;

/** How many runs had it. */
export const ForgetNumberReply = z.object({ runs: z.int() });
export type ForgetNumberReply = z.infer<typeof ForgetNumberReply>;
