import * as z from 'zod/mini';

import { CodeSpent, FAILURES, FailureCode, Retry } from './failure-catalogue.ts';
import { LegName } from './leg.ts';

export const Failure = z.object({
  code: FailureCode,
  leg: z.nullable(LegName),
  /** The network hop it was seen at, by its number; null where it was not seen at a hop. */
  hop: z.nullable(z.int()),
  /** The check that failed, by its name within the leg. */
  check: z.nullable(z.string()),
  /** The operator's own words, capped and shown as text only. */
  operatorError: z.nullable(z.object({ error: z.string(), description: z.nullable(z.string()) })),
  codeSpent: CodeSpent,
  retry: Retry,
});
export type Failure = z.infer<typeof Failure>;

/** The leg a failure code belongs to: `callback.*` is leg 1, `idtoken.*` is leg 2. */
export function legOfFailure(code: FailureCode): LegName {
  const area = code.slice(0, code.indexOf('.'));
  if (area === 'callback') return 'authorize';
  if (area === 'idtoken') return 'token';
  return LegName.parse(area);
}

/** A failure as the catalogue has it; callers override what they know better. */
export function failureOf(code: FailureCode, known: Partial<Failure> = {}): Failure {
  return {
    code,
    leg: legOfFailure(code),
    hop: null,
    check: null,
    operatorError: null,
    ...FAILURES[code],
    ...known,
  };
}
