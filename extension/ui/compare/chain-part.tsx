import type { HopPair } from '#protocol/compare/comparison.ts';

import { sayCount, spellMs } from '../counts.ts';
import { say } from '../words.ts';
import { DifferenceList, Half } from './difference-list.tsx';
import { Fold } from './fold.tsx';
import type { ChainPart } from './fold-chain.ts';
import { HopSide } from './hop-side.tsx';

/** The row at which the chains part: what leads there looks for this name. */
export const FIRST_ROW = 'first-difference';

export function PartOfChain({ part, first }: { part: ChainPart; first: number | null }) {
  return part.kind === 'alike' ? (
    <AlikeHops pairs={part.pairs} />
  ) : (
    <HopRow pair={part.pair} first={part.at === first} />
  );
}

function AlikeHops({ pairs }: { pairs: Extract<HopPair, { kind: 'same' }>[] }) {
  const roles = pairs.map(({ run }) => say(`role.${run.role}`)).join(' → ');
  return (
    <li class="fold">
      <Fold title={sayCount('compare.hops_alike', pairs.length)} gist={roles}>
        <ol>
          {pairs.map((pair, at) => (
            <HopRow key={at} pair={pair} first={false} />
          ))}
        </ol>
      </Fold>
    </li>
  );
}

function HopRow({ pair, first }: { pair: HopPair; first: boolean }) {
  return (
    <li
      class={`hop-pair ${pair.kind} ${first ? 'first' : ''}`}
      id={first ? FIRST_ROW : undefined}
      // What leads to the first difference leads here, and a keyboard goes on from here.
      tabIndex={first ? -1 : undefined}
    >
      <div class="versus">
        <Middle pair={pair} first={first} />
        <Half side="reference">
          {pair.kind === 'only_in_run' ? (
            <span class="absent">{say('compare.not_in_reference')}</span>
          ) : (
            <HopSide hop={pair.reference} />
          )}
        </Half>
        <Half side="run">
          {pair.kind === 'only_in_reference' ? (
            <span class="absent">{say('compare.not_in_run')}</span>
          ) : (
            <HopSide hop={pair.run} />
          )}
        </Half>
      </div>
      {pair.kind === 'differs' ? <DifferenceList differences={pair.differences} /> : null}
    </li>
  );
}

const MARKS = {
  same: { sign: '=', word: 'compare.alike' },
  differs: { sign: '≠', word: 'compare.differs_mark' },
  only_in_reference: { sign: '−', word: 'compare.missing_mark' },
  only_in_run: { sign: '+', word: 'compare.more_mark' },
} as const;

/** What the two hops are to each other, and how much more or less time the run's took. */
function Middle({ pair, first }: { pair: HopPair; first: boolean }) {
  const { sign, word } = MARKS[pair.kind];
  const change = pair.kind === 'same' || pair.kind === 'differs' ? changeOf(pair) : null;
  return (
    <span class="mid">
      <b class="mark">
        <span aria-hidden="true">{sign} </span>
        {say(first ? 'compare.first_mark' : word)}
      </b>
      {change ? <span class="num change">{change}</span> : null}
    </span>
  );
}

function changeOf({ reference, run }: Extract<HopPair, { kind: 'same' | 'differs' }>): string | null {
  if (reference.durationMs === null || run.durationMs === null) return null;
  const ms = Math.round(run.durationMs) - Math.round(reference.durationMs);
  return ms === 0 ? null : `${ms > 0 ? '+' : '−'}${spellMs(Math.abs(ms))}`;
}
