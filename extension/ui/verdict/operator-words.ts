import type { Failure } from '#protocol/failure.ts';

/** What the operator itself said, for example `access_denied: Unknown user`. */
export function operatorWords(failure: Failure | null): string | null {
  const said = failure?.operatorError;
  return said ? [said.error, said.description].filter(Boolean).join(': ') : null;
}

/** Evidence without the operator's words, which stand on a line of their own. */
export function withoutWords(detail: string, words: string | null): string {
  return words && detail.startsWith(words) ? detail.slice(words.length).replace(/^ · /, '') : detail;
}
