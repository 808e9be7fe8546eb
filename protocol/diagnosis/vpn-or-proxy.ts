import { hostOf } from './address.ts';
import { failedHop, hopEvidence, type Rule } from './rule.ts';
import { strangerAtEnd } from './stranger.ts';

/** Products and places through which a device's traffic is led elsewhere. */
const TUNNEL = /(?:^|[.-])(?:vpn|proxy|zscaler|zscloud|netskope|umbrella|forcepoint|blockpage)(?:[.-]|\d|$)/i;

/** A tunnel between device and network: the operator sees its far end, and no SIM there. */
export const vpnOrProxy: Rule = (symptoms) => {
  if (symptoms.failure?.leg !== 'authorize') return null;
  const hop = failedHop(symptoms);
  const raw = hop?.error?.raw ?? '';
  const told = hop?.status === 407 || /PROXY|TUNNEL|SOCKS/.test(raw);
  const stranger = strangerAtEnd(symptoms);
  const led = stranger !== null && TUNNEL.test(hostOf(stranger.url));
  if (!told && !led) return null;
  return {
    code: 'vpn_or_proxy',
    owner: 'you',
    mechanism: 'network',
    seen: told ? 'certain' : 'likely',
    confidence: 'likely',
    evidence: hopEvidence(hop?.index ?? null, raw || (told ? '407' : hostOf(stranger?.url ?? ''))),
    cure: 'turn_off_vpn',
  };
};
