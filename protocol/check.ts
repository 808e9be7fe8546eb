import * as z from 'zod/mini';

/** A named rule and what came of it. Names are unique within a leg. */
export const Check = z.object({
  name: z.string(),
  result: z.enum(['passed', 'failed', 'warned', 'not_checked']),
  /** `fail` ends the run when it fails, `warn` is shown, `info` is only recorded. */
  severity: z.enum(['fail', 'warn', 'info']),
  /** The rule's source, for example `OIDC Core 3.1.3.7 (11)`. */
  clause: z.string(),
  /** Shown side by side; redacted. */
  expected: z.nullable(z.string()),
  actual: z.nullable(z.string()),
  /** For `not_checked`: the reason, as a message key such as `no_jwks_configured`. */
  why: z.nullable(z.string()),
});
export type Check = z.infer<typeof Check>;
