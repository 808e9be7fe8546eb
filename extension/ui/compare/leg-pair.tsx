import type { Comparison } from '#protocol/compare/comparison.ts';

import { sayCount } from '../counts.ts';
import { say } from '../words.ts';
import { Count } from './count.tsx';
import { DifferenceList } from './difference-list.tsx';
import { labelOf } from './difference-words.ts';
import { Fold } from './fold.tsx';
import { splitChecks } from './split-checks.ts';

/** A leg of both runs. */
export function LegPair({ name, differences }: Comparison['legs'][number]) {
  const { telling, onlyReference, onlyRun } = splitChecks(differences);
  return (
    <div class="leg-pair" data-leg={name}>
      <h3>
        {say(`leg.${name}`)} <Count count={differences.length} />
      </h3>
      <DifferenceList differences={telling} />
      <OneSided checks={onlyReference} words="compare.checks_reference" />
      <OneSided checks={onlyRun} words="compare.checks_run" />
    </div>
  );
}

interface OneSidedChecks {
  checks: Comparison['legs'][number]['differences'];
  words: 'compare.checks_reference' | 'compare.checks_run';
}

function OneSided({ checks, words }: OneSidedChecks) {
  if (checks.length === 0) return null;
  return (
    <Fold title={sayCount(words, checks.length)} gist={checks.map(labelOf).join(' · ')}>
      <DifferenceList differences={checks} />
    </Fold>
  );
}
