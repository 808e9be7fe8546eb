import * as z from 'zod/mini';

/** What a key may do: see runs; make runs of its own; everything. */
export const Scope = z.enum(['read', 'run', 'admin']);

/** POST /pair, without a key: the code of a pairing link, which fetches a key once. */
export const PairRequest = z.strictObject({ code: z.string().check(z.regex(/^[\w-]{22}$/)) });
export type PairRequest = z.infer<typeof PairRequest>;

const access = {
  /** What the key was named: the person or device that uses it. */
  label: z.string(),
  scope: Scope,
  /** UTC milliseconds; null for a key that lasts. */
  expiresAt: z.nullable(z.int()),
};

export const PairReply = z.object({ key: z.string().check(z.regex(/^nvi_[\w-]{32}$/)), ...access });
export type PairReply = z.infer<typeof PairReply>;

/** GET /v1/access-key: what the key that asks may do. `local` is the key of the backend's own machine. */
export const AccessReply = z.object({ ...access, local: z.boolean(), ownerId: z.string() });
export type AccessReply = z.infer<typeof AccessReply>;

/** DELETE /v1/access-key: false for the key of the backend's own machine, which unpairing leaves as it is. */
export const UnpairReply = z.object({ revoked: z.boolean() });
export type UnpairReply = z.infer<typeof UnpairReply>;
