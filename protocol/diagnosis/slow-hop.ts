import { hopEvidence, ownerOf, type Rule } from './rule.ts';
import { slowest, spellShare } from './slowest-hop.ts';

/** Milliseconds from which a hop is worth a word, and its share of the chain from which it is the word. */
const SLOW_MS = 2000;
const SHARE = 0.5;

/** One hop took most of the time: what ended a chain at its limit, or what the next one will end at. */
export const slowHop: Rule = ({ run, failure, verdict }) => {
  const timedOut = failure?.code === 'authorize.timeout_chain';
  if (!timedOut && (failure || verdict !== 'match')) return null;
  const found = slowest(run);
  if (!found || found.share < SHARE || (!timedOut && found.ms < SLOW_MS)) return null;
  return {
    code: 'slow_hop',
    owner: ownerOf(found.hop),
    confidence: timedOut ? 'likely' : 'certain',
    evidence: hopEvidence(found.hop.index, spellShare(found.ms, run)),
    cure: 'report_slow_hop',
  };
};
