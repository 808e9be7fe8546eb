import type { Run } from '../run.ts';
import { traceHeader } from '../trace-id.ts';

/** The handles an operator's support asks for, hop by hop and then of the backend's exchanges. */
export function traceIdsOf(run: Run): string[] {
  const answers = [
    ...run.hops.map(({ responseHeaders }) => responseHeaders),
    ...run.legs.flatMap(({ exchanges }) => exchanges.map(({ response }) => response?.headers ?? [])),
  ];
  return answers.flatMap((headers) => traceHeader(headers)?.value ?? []);
}
