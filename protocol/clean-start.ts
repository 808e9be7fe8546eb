import * as z from 'zod/mini';

/** Which cookies go before a run: those that earlier runs of its profile received, all of its hosts, or none. */
export const CleanStartChoice = z.enum(['received', 'all', 'off']);
export type CleanStartChoice = z.infer<typeof CleanStartChoice>;

/** What was done about cookies before a run began. A run without this began before anything was done, or in another tool. */
export const CleanStart = z.object({
  /** `not_allowed`: it was wanted, and the browser did not let this extension see cookies. */
  kind: z.enum([...CleanStartChoice.options, 'not_allowed']),
  removed: z.int().check(z.minimum(0)),
  /** Cookies that had to go and could not be removed, or not be looked for. */
  left: z.int().check(z.minimum(0)),
});
export type CleanStart = z.infer<typeof CleanStart>;
