import type { Rule } from './rule.ts';

/** Milliseconds from which a hop is worth a word, and its share of the chain from which it is the word. */
const SLOW_MS = 2000;
const SHARE = 0.5;

/** A run that passed, and took most of its time at one hop: no failure, but what the next one will time out at. */
export const slowHop: Rule = ({ run, failure, verdict }) => {
  if (failure || verdict !== 'match') return null;
  const network = run.hops.filter((hop) => hop.madeBy === 'network');
  const total = run.chainEnd?.atMs ?? 0;
  const slowest = network.toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))[0];
  const spent = slowest?.durationMs ?? 0;
  if (!slowest || spent < SLOW_MS || spent < total * SHARE) return null;
  return {
    code: 'slow_hop',
    owner: slowest.role === 'enrichment' ? 'network' : 'operator',
    confidence: 'certain',
    evidence: [
      {
        at: 'hop',
        leg: 'authorize',
        hop: slowest.index,
        check: null,
        detail: `${Math.round(spent)} ms of ${Math.round(total)} ms`,
      },
    ],
    cure: 'report_slow_hop',
  };
};
