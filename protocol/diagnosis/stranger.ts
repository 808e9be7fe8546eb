import type { Hop } from '../hop.ts';
import { failedHop, type Symptoms } from './rule.ts';

/**
 * The hop the chain ended at, if it is at a host that the profile does not know and that sent the browser nowhere: a page,
 * an error, a fault. One that redirected is on the way, and an answer in an operator's words is an operator's.
 */
export function strangerAtEnd(symptoms: Symptoms): Hop | null {
  const { failure } = symptoms;
  if (failure?.leg !== 'authorize' || failure.operatorError || failure.code.startsWith('callback.'))
    return null;
  const hop = failedHop(symptoms);
  return hop?.notes.includes('unknown_host') && hop.location === null ? hop : null;
}
