import { hopEvidence, ownerOf, type Rule } from './rule.ts';
import { slowHopsOf, spellSlow } from './slow-hops.ts';

/** Its share of the chain from which a slow hop of a run that passed is worth a word. */
const SHARE = 0.5;

/** Slow hops: what ended a chain at its limit, or what the next one will end at. */
export const slowHop: Rule = ({ run, failure, verdict }) => {
  const timedOut = failure?.code === 'authorize.timeout_chain';
  if (!timedOut && (failure || verdict !== 'match')) return null;
  const slow = slowHopsOf(run).filter(({ share }) => timedOut || share >= SHARE);
  const [slowest] = slow;
  if (!slowest) return null;
  return {
    code: 'slow_hop',
    owner: ownerOf(slowest.hop),
    confidence: timedOut ? 'likely' : 'certain',
    evidence: slow.flatMap((one) => hopEvidence(one.hop.index, spellSlow(one))),
    cure: 'report_slow_hop',
  };
};
