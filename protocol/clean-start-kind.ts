import type { CleanStart } from './clean-start.ts';

export type CleanStartKind = CleanStart['kind'] | 'incomplete';

/** What was done as one word, for lists and comparisons: a clean start that left something is none. Null where nobody recorded it. */
export function cleanStartKind(done: CleanStart | undefined): CleanStartKind | null {
  if (!done) return null;
  return done.left > 0 ? 'incomplete' : done.kind;
}
