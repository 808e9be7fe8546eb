import { hostOf, pathOf } from './address.ts';
import { failedHop, hopEvidence, type Rule } from './rule.ts';
import { strangerAtEnd } from './stranger.ts';

/** What only a network's own door is called. */
const PORTAL =
  /(?:^|[./_-])(?:captive|portal|hotspot|wifi|wi-fi|wlan|splash|guest|top-?up|recharge|aufladen|ricarica|recarga)(?:[./_-]|\d|$)/i;
/** What other doors are called as well; it counts only where the chain ended on a page of it. */
const DOOR = /(?:^|[./_-])(?:signin|sign-in|login|welcome)(?:[./_-]|\d|$)/i;

/** Something on the way answered in place of the operator: a hotspot, or mobile data without credit. */
export const captivePortal: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.leg !== 'authorize') return null;
  const hop = failedHop(symptoms);
  const portal = {
    code: 'captive_portal',
    owner: 'you',
    mechanism: 'network',
    cure: 'sign_in_to_network',
  } as const;
  // RFC 6585 §6 exists for exactly this.
  if (hop?.status === 511) {
    return {
      ...portal,
      confidence: 'certain',
      evidence: hopEvidence(hop.index, `511 from ${hostOf(hop.url)}`),
    };
  }
  const stranger = strangerAtEnd(symptoms);
  if (stranger && isCalled(stranger.url, stranger.page ? [PORTAL, DOOR] : [PORTAL])) {
    const evidence = hopEvidence(stranger.index, hostOf(stranger.url));
    return { ...portal, seen: 'likely', confidence: 'likely', evidence };
  }
  const refused = failure.code === 'authorize.no_host_permission' ? run.chainEnd?.url : null;
  if (!refused || !isCalled(refused, [PORTAL])) return null;
  return { ...portal, seen: 'likely', confidence: 'possible', evidence: hopEvidence(null, hostOf(refused)) };
};

function isCalled(url: string, names: RegExp[]): boolean {
  return names.some((name) => name.test(hostOf(url)) || name.test(pathOf(url)));
}
