import { hopEvidence, networkHops, type Rule } from './rule.ts';
import { slowHopsOf } from './slow-hops.ts';

/** Where we stopped ourselves, and nothing else explains it: the profile's hop limit, or its chain limit without a slow hop. */
export const ourLimits: Rule = ({ run, failure }) => {
  const { limits } = run.profile;
  const ours = { owner: 'client_setup', confidence: 'certain' } as const;
  if (failure?.code === 'authorize.too_many_hops') {
    const detail = `${networkHops(run).length} hops, limits.hops ${limits.hops}`;
    const evidence = hopEvidence(failure.hop, detail);
    return { ...ours, code: 'hop_limit_reached', cure: 'raise_hop_limit', evidence };
  }
  if (failure?.code === 'authorize.timeout_chain' && slowHopsOf(run).length === 0) {
    const detail = `limits.chainMs ${limits.chainMs}, no hop was slow`;
    const evidence = hopEvidence(failure.hop, detail);
    return { ...ours, code: 'chain_limit_reached', cure: 'raise_chain_limit', evidence };
  }
  return null;
};
