import type { CoverageCell, CoverageCounts } from '#protocol/coverage-api.ts';
import { spanWords } from '../conditions/condition-words.ts';
import { sayCount, spellCount } from '../counts.ts';
import { say } from '../words.ts';
import { besideOf, type Share, worstLeg } from './share.ts';

/** The share in short: `98 %`, or `3 of 3` where a percentage would say too much. */
export function shareWords(share: Share): string {
  return share.percent === null ? ofWords(share) : say('coverage.percent', [spellCount(share.percent)]);
}

export function ofWords({ asExpected, of }: Share): string {
  return say('coverage.of', [spellCount(asExpected), spellCount(of)]);
}

/** What is not as expected, the worst of it first; null where all is. */
export function troubleWords(counts: CoverageCounts): string | null {
  const { unexpectedMatch, notAsExpected } = counts;
  if (unexpectedMatch > 0) return say('coverage.matched_wrongly', [spellCount(unexpectedMatch)]);
  const worst = worstLeg(counts);
  if (worst) return say('coverage.stopped_at', [spellCount(worst.runs), say(`leg.${worst.leg}`)]);
  return notAsExpected > 0 ? say('coverage.other_end', [spellCount(notAsExpected)]) : null;
}

type Last = NonNullable<CoverageCell['last']>;

/** How the newest run ended, and whether it was meant to. */
export function lastWords({ verdict, leg, asExpected }: Last): string {
  if (verdict === 'match') return say(asExpected ? 'coverage.last_match' : 'coverage.last_match_wrongly');
  const word = say(`verdict_word.${verdict}`);
  if (asExpected) return say('coverage.last_rightly', [word]);
  return leg ? say('coverage.last_at', [word, say(`leg.${leg}`)]) : word;
}

/** `2 h ago`; a clock that runs behind makes nothing younger than now. */
export function agoWords({ at }: Last, now: number): string {
  const span = spanWords(now - at);
  return span === null ? say('coverage.just_now') : say('coverage.ago', [span]);
}

/** Beside the share, in one line: by kind where there is one, else the sum. */
export function besideWords(counts: CoverageCounts): string | null {
  const beside = besideOf(counts);
  const [first, ...more] = beside;
  if (!first) return null;
  if (more.length === 0) return say(`coverage.beside_${first.name}`, [spellCount(first.runs)]);
  return sayCount(
    'coverage.beside_all',
    beside.reduce((sum, { runs }) => sum + runs, 0),
  );
}

/** Beside the share, kind by kind. */
export function besideKinds(counts: CoverageCounts): string[] {
  return besideOf(counts).map(({ name, runs }) => say(`coverage.beside_${name}`, [spellCount(runs)]));
}
