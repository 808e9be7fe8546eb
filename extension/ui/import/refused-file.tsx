import type { ImportProblem } from '#protocol/imports/import-problem.ts';

import { say } from '../words.ts';
import { problemPlace, problemWords } from './problem-words.ts';

/** A file of which nothing was kept, and why. */
export function RefusedFile({ name, problem }: { name: string; problem: ImportProblem }) {
  const place = problemPlace(problem);
  return (
    <div class="problem" data-import={problem.code}>
      <span class="sign" aria-hidden="true">
        !
      </span>
      <span>
        <b>
          <bdi>{say('import.refused', [name])}</bdi>
        </b>
        <br />
        {problemWords(problem)}
        {place ? <span class="dim"> ({place})</span> : null}
      </span>
    </div>
  );
}
