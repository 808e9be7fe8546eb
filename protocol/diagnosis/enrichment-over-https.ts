import type { Hop } from '../hop.ts';
import { type HostRule, hostMatches } from '../profile.ts';
import { hostOf } from './address.ts';
import { foundNoSubscriber } from './off-network.ts';
import { hopEvidence, networkHops, type Rule } from './rule.ts';

/** The operator's own redirect asked for the enrichment host over https, where the network has nothing to add to. */
export const enrichmentOverHttps: Rule = (symptoms) => {
  const { run } = symptoms;
  if (!foundNoSubscriber(symptoms)) return null;
  const browserMade = run.hops.some(({ madeBy }) => madeBy === 'browser');
  const hop = networkHops(run).find((one) => isEnrichmentOverTls(one, run.profile.hosts));
  if (!hop || browserMade) return null;
  return {
    code: 'enrichment_over_https',
    owner: 'operator',
    confidence: 'likely',
    evidence: hopEvidence(hop.index, `https://${hostOf(hop.url)}, http in the profile`),
    cure: 'report_trace_id',
  };
};

function isEnrichmentOverTls(hop: Hop, hosts: readonly HostRule[]): boolean {
  return (
    hop.url.startsWith('https:') &&
    hosts.some(
      ({ role, scheme, pattern }) =>
        role === 'enrichment' && scheme === 'http' && hostMatches(pattern, hostOf(hop.url)),
    )
  );
}
