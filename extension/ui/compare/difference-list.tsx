import type { ComponentChildren } from 'preact';

import { sayCount } from '../counts.ts';
import { say } from '../words.ts';
import { type AnyDifference, isRecorded, labelOf, valueIn } from './difference-words.ts';

/** Characters of one value; a header may have thousands, and the run itself shows them all. */
const LONGEST = 400;

/** One line each: what it is, then both values. Only where there is room for two columns does the name stand between them. */
export function DifferenceList({ differences }: { differences: readonly AnyDifference[] }) {
  if (differences.length === 0) return null;
  return (
    <ul class="differences">
      {differences.map((difference, at) => (
        <li key={at} class="versus" data-what={difference.what}>
          <span class="mid">{labelOf(difference)}</span>
          <Half side="reference">
            <Value difference={difference} value={difference.reference} />
          </Half>
          <Half side="run">
            <Value difference={difference} value={difference.run} />
          </Half>
        </li>
      ))}
    </ul>
  );
}

/** What stands on one side; which side that is is said to who cannot see it, and to all where the sides are stacked. */
export function Half({ side, children }: { side: 'reference' | 'run'; children: ComponentChildren }) {
  return (
    <div class={`half of-${side}`}>
      <span class="side-name">{say(`compare.${side}`)}</span>
      <div class="said">{children}</div>
    </div>
  );
}

function Value({ difference, value }: { difference: AnyDifference; value: string | null }) {
  if (value === null || value === '') return <span class="dim">{say('compare.none')}</span>;
  const words = valueIn(difference, value);
  const rest = words.length - LONGEST;
  return (
    <span class={isRecorded(difference) ? 'mono' : undefined}>
      {rest > 0 ? words.slice(0, LONGEST) : words}
      {rest > 0 ? <span class="dim"> {sayCount('compare.longer', rest)}</span> : null}
    </span>
  );
}
