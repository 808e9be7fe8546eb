import type { Failure } from '../failure.ts';
import type { Hop } from '../hop.ts';
import type { Exchange } from '../leg.ts';
import type { Run, Verdict } from '../run.ts';
import { traceHeader } from '../trace-id.ts';
import type { Cause, Evidence, Owner } from './cause.ts';

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
  return hopEvidence(failure?.hop ?? run.hops.at(-1)?.index ?? null, detail);
}

export function hopEvidence(hop: number | null, detail: string): Evidence[] {
  return [{ at: hop === null ? 'chain_end' : 'hop', leg: 'authorize', hop, check: null, detail }];
}

export function exchangeEvidence(leg: 'token' | 'premiuminfo', detail: string): Evidence[] {
  return [{ at: 'exchange', leg, hop: null, check: null, detail }];
}

/** The last exchange of the backend leg that failed. */
export function lastExchange({ run, failure }: Symptoms): Exchange | undefined {
  if (failure?.leg !== 'token' && failure?.leg !== 'premiuminfo') return undefined;
  return run.legs.find(({ name }) => name === failure.leg)?.exchanges.at(-1);
}

export function networkHops(run: Run): Hop[] {
  return run.hops.filter(({ madeBy }) => madeBy === 'network');
}

/** The network hop the failure was seen at; else the last one. */
export function failedHop({ run, failure }: Symptoms): Hop | undefined {
  const hops = networkHops(run);
  return hops.findLast(({ index }) => index === failure?.hop) ?? hops.at(-1);
}

/** The network adds the number at the enrichment hop; every other host is the operator's own. */
export function ownerOf(hop: Hop | undefined): Owner {
  return hop?.role === 'enrichment' ? 'network' : 'operator';
}

/** The browser's or the runtime's own word for what broke. */
export function rawFault(symptoms: Symptoms): string {
  const raw = lastExchange(symptoms)?.error?.raw ?? failedHop(symptoms)?.error?.raw;
  return raw ?? symptoms.failure?.code ?? '';
}

/** The operator's error as it said it, for example `access_denied: Unknown user`. */
export function operatorWords(failure: Failure | null): string {
  if (!failure?.operatorError) return '';
  const { error, description } = failure.operatorError;
  return description ? `${error}: ${description}` : error;
}

/** `detail`, and the trace id under which the operator can look up the hop or exchange it was seen at. */
export function withTraceId(symptoms: Symptoms, detail: string): string {
  const headers = lastExchange(symptoms)?.response?.headers ?? failedHop(symptoms)?.responseHeaders ?? [];
  const trace = traceHeader(headers);
  return trace ? `${detail} · ${trace.name} ${trace.value}` : detail;
}
