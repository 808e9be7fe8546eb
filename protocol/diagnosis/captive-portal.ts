import { hostOf, pathOf } from './address.ts';
import { failedHop, hopEvidence, networkHops, type Rule } from './rule.ts';

/** How networks call the place where a person signs in, pays or tops up. */
const PORTAL =
  /(?:^|[./_-])(?:captive|portal|hotspot|wifi|wi-fi|wlan|splash|guest|signin|sign-in|login|welcome|top-?up|recharge|aufladen|ricarica|recarga)(?:[./_-]|\d|$)/i;

/** Something on the way answered in place of the operator: a hotspot, or mobile data without credit. */
export const captivePortal: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.leg !== 'authorize') return null;
  const hop = failedHop(symptoms);
  // RFC 6585 §6 exists for exactly this.
  if (hop?.status === 511) {
    return {
      code: 'captive_portal',
      owner: 'network',
      confidence: 'certain',
      evidence: hopEvidence(hop.index, `511 from ${hostOf(hop.url)}`),
      cure: 'sign_in_to_network',
    };
  }
  const stranger = networkHops(run).find(({ notes }) => notes.includes('unknown_host'))?.url;
  const refused = failure.code === 'authorize.no_host_permission' ? run.chainEnd?.url : null;
  const url = stranger ?? refused;
  if (!url || !(PORTAL.test(hostOf(url)) || PORTAL.test(pathOf(url)))) return null;
  return {
    code: 'captive_portal',
    owner: 'network',
    seen: 'likely',
    confidence: 'likely',
    evidence: hopEvidence(hop?.index ?? null, hostOf(url)),
    cure: 'sign_in_to_network',
  };
};
