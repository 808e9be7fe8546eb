import type { Comparison, HopPair } from '#protocol/compare/comparison.ts';
import type { Hop } from '#protocol/hop.ts';

import { spellCount } from '../counts.ts';
import { urlParts } from '../detail/url-parts.ts';
import { say } from '../words.ts';
import { FIRST_ROW } from './chain-part.tsx';

/** The answer in one sentence, and the way to the row it is about. */
export function FirstDifference({ comparison }: { comparison: Comparison }) {
  const { chain, firstDivergence } = comparison;
  const pair = firstDivergence && chain[firstDivergence.at];
  return (
    <p class={`first-words ${pair ? 'apart' : 'alike'}`} id="first-words">
      <span class="sign" aria-hidden="true">
        {pair ? '≠' : comparison.hopsUnseen ? '?' : '='}
      </span>
      <span>
        {pair ? sentenceOf(pair) : say(alikeWords(comparison))}
        {pair ? (
          <>
            {' '}
            <button type="button" class="link" id="to-first" onClick={goToFirst}>
              {say('compare.to_first')}
            </button>
          </>
        ) : null}
      </span>
    </p>
  );
}

function goToFirst(): void {
  const row = document.getElementById(FIRST_ROW);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  row?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  row?.focus({ preventScroll: true });
}

function sentenceOf(pair: HopPair): string {
  const only =
    pair.kind === 'only_in_reference' ? pair.reference : pair.kind === 'only_in_run' ? pair.run : null;
  // No server was asked, so it is no hop of its own.
  if (only?.madeBy === 'browser')
    return say(
      pair.kind === 'only_in_run' ? 'compare.first_browser' : 'compare.first_browser_missing',
      placeOf(only),
    );
  if (pair.kind === 'only_in_reference') return say('compare.first_missing', placeOf(pair.reference));
  return say(pair.kind === 'only_in_run' ? 'compare.first_more' : 'compare.first', placeOf(pair.run));
}

function placeOf({ index, role, url }: Hop): [string, string] {
  const { host } = urlParts(url);
  return [spellCount(index), role === 'unknown' ? host : `${say(`role.${role}`)} (${host})`];
}

function alikeWords(comparison: Comparison) {
  if (comparison.hopsUnseen) return 'compare.first_unseen';
  return isAlike(comparison) ? 'compare.nothing_differs' : 'compare.first_none';
}

function isAlike({ settings, chainEnd, legs, outcome }: Comparison): boolean {
  return [settings, chainEnd, outcome, ...legs.map(({ differences }) => differences)].every(
    ({ length }) => length === 0,
  );
}
