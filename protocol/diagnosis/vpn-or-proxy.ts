import { hostOf } from './address.ts';
import { failedHop, hopEvidence, networkHops, type Rule } from './rule.ts';

/** Products and places through which a device's traffic is led elsewhere. */
const TUNNEL =
  /(?:^|[.-])(?:vpn|proxy|zscaler|zscloud|netskope|umbrella|forcepoint|blockpage|gateway-block)(?:[.-]|\d|$)/i;

/** A tunnel between device and network: the operator sees its far end, and no SIM there. */
export const vpnOrProxy: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.leg !== 'authorize') return null;
  const hop = failedHop(symptoms);
  const raw = hop?.error?.raw ?? '';
  const told = hop?.status === 407 || /PROXY|TUNNEL|SOCKS/.test(raw);
  const stranger = networkHops(run).find(
    ({ notes, url }) => notes.includes('unknown_host') && TUNNEL.test(hostOf(url)),
  );
  if (!told && !stranger) return null;
  return {
    code: 'vpn_or_proxy',
    owner: 'you',
    mechanism: 'network',
    seen: told ? 'certain' : 'likely',
    confidence: 'likely',
    evidence: hopEvidence(
      stranger?.index ?? hop?.index ?? null,
      raw || (told ? '407' : hostOf(stranger?.url ?? '')),
    ),
    cure: 'turn_off_vpn',
  };
};
