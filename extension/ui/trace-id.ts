import type { Header } from '#protocol/hop.ts';

/** The list of `protocol/hop.ts`, written again because that file brings zod along; a test holds the two together. */
export const TRACE_NAMES = ['x-vig-trace-id', 'x-orange-trace-id', 'x-correlator', 'x-request-id'];

/** The handle the operator's support asks for, the most telling header first. */
export function traceIdOf(headers: readonly Header[]): string | null {
  for (const name of TRACE_NAMES) {
    const found = headers.find((header) => header.name.toLowerCase() === name);
    if (found) return found.value;
  }
  return null;
}
