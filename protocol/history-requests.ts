import * as z from 'zod/mini';

import { RunCursor, RunFilter } from './history-api.ts';
import { Run } from './run.ts';

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

/** POST /v1/runs/:id/reference, answered with the same. A profile has one reference; naming another replaces it. */
export const ReferenceRequest = z.strictObject({ reference: z.boolean() });
export type ReferenceRequest = z.infer<typeof ReferenceRequest>;

/** GET /v1/profiles/:id/reference. */
export const ReferenceReply = z.object({ run: z.nullable(Run) });
export type ReferenceReply = z.infer<typeof ReferenceReply>;

/** POST /v1/imports: one run of a file, as the file had it. It is looked at and compared, and never carried on. */
export const ImportRunRequest = z.strictObject({ run: Run });
export type ImportRunRequest = z.infer<typeof ImportRunRequest>;

/** `already_here`: the same run, imported before or made here. `id_taken`: another run has its id; nothing was changed. */
export const ImportRunReply = z.object({ result: z.enum(['imported', 'already_here', 'id_taken']) });
export type ImportRunReply = z.infer<typeof ImportRunReply>;

/** POST /v1/campaigns/keep, answered with the same: the retention passes over the runs of a kept campaign. */
export const KeepCampaignRequest = z.strictObject({
  campaign: z.string().check(z.minLength(1), z.maxLength(120)),
  kept: z.boolean(),
});
export type KeepCampaignRequest = z.infer<typeof KeepCampaignRequest>;

/** GET /v1/campaigns. */
export const CampaignsReply = z.object({ kept: z.array(z.string()) });
export type CampaignsReply = z.infer<typeof CampaignsReply>;
