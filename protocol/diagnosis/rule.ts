import type { Failure } from '../failure.ts';
import type { Exchange } from '../leg.ts';
import type { Run, Verdict } from '../run.ts';
import { traceHeader } from '../trace-id.ts';
import type { Cause, Evidence } from './cause.ts';

/** What a rule looks at. Rules are pure, and each knows one cause. */
export interface Symptoms {
  run: Run;
  verdict: Verdict;
  failure: Failure | null;
}

/** A cause as a rule states it: what was seen is certain and done by its owner, unless the rule says otherwise. */
export type Finding = Omit<Cause, 'seen' | 'mechanism'> & Partial<Pick<Cause, 'seen' | 'mechanism'>>;

export type Rule = (symptoms: Symptoms) => Finding | null;

/** Evidence where the failure was seen: at the hop, or at the exchange of a backend leg. */
export function evidenceAt({ run, failure }: Symptoms, detail: string): Evidence[] {
  if (failure?.leg === 'token' || failure?.leg === 'premiuminfo')
    return exchangeEvidence(failure.leg, detail);
  return [
    { at: 'hop', leg: 'authorize', hop: failure?.hop ?? run.hops.at(-1)?.index ?? null, check: null, detail },
  ];
}

export function exchangeEvidence(leg: 'token' | 'premiuminfo', detail: string): Evidence[] {
  return [{ at: 'exchange', leg, hop: null, check: null, detail }];
}

/** The last exchange of the backend leg that failed. */
export function lastExchange({ run, failure }: Symptoms): Exchange | undefined {
  if (failure?.leg !== 'token' && failure?.leg !== 'premiuminfo') return undefined;
  return run.legs.find(({ name }) => name === failure.leg)?.exchanges.at(-1);
}

/** The operator's error as it said it, for example `access_denied: Unknown user`. */
export function operatorWords(failure: Failure | null): string {
  if (!failure?.operatorError) return '';
  const { error, description } = failure.operatorError;
  return description ? `${error}: ${description}` : error;
}

/** The first trace id of the hop at which the chain ended, as evidence an operator can look up. */
export function traceId({ run, failure }: Symptoms): string | null {
  const hop = run.hops.findLast(
    (one) => one.madeBy === 'network' && (failure?.hop == null || one.index === failure.hop),
  );
  const header = hop ? traceHeader(hop.responseHeaders) : null;
  return header ? `${header.name} ${header.value}` : null;
}
