import type { Header } from './hop.ts';

/** Response headers in which operators return the handle their support asks for, the most telling first. */
export const TRACE_HEADERS = ['x-vig-trace-id', 'x-orange-trace-id', 'x-correlator', 'x-request-id'];

/** The first of them that an answer carries, with the name as it came. */
export function traceHeader(headers: readonly Header[]): Header | null {
  for (const wanted of TRACE_HEADERS) {
    const found = headers.find(({ name }) => name.toLowerCase() === wanted);
    if (found) return found;
  }
  return null;
}
