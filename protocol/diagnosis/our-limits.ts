import type { Finding, Rule } from './rule.ts';
import { hopEvidence, networkHops } from './rule.ts';
import { slowest } from './slowest-hop.ts';

/** Where we stopped ourselves: the profile's hop limit, or a chain limit that no single hop used up. */
export const ourLimits: Rule = ({ run, failure }) => {
  const { limits } = run.profile;
  const ours = (found: Pick<Finding, 'code' | 'cure'>, detail: string): Finding => ({
    ...found,
    owner: 'client_setup',
    confidence: 'certain',
    evidence: hopEvidence(failure?.hop ?? null, detail),
  });
  if (failure?.code === 'authorize.too_many_hops') {
    return ours(
      { code: 'hop_limit_reached', cure: 'raise_hop_limit' },
      `${networkHops(run).length} hops, limits.hops ${limits.hops}`,
    );
  }
  if (failure?.code === 'authorize.timeout_chain' && (slowest(run)?.share ?? 0) < 0.5) {
    return ours(
      { code: 'chain_limit_reached', cure: 'raise_chain_limit' },
      `${Math.round(run.chainEnd?.atMs ?? 0)} ms, limits.chainMs ${limits.chainMs}`,
    );
  }
  return null;
};
