import type { ImportProblem } from '#protocol/imports/import-problem.ts';

import { sayCount, spellCount } from '../counts.ts';
import { say } from '../words.ts';
import { problemPlace, problemWords } from './problem-words.ts';

/** Entries that are told one by one; a broken file has the same fault a thousand times. */
const TOLD = 20;

/** Entries of a file that are not kept, each with its place. */
export function LeftOut({ problems }: { problems: readonly ImportProblem[] }) {
  if (problems.length === 0) return null;
  const more = problems.length - TOLD;
  return (
    <div class="left-out" id="left-out">
      <h3>{sayCount('import.left_out', problems.length)}</h3>
      <ul>
        {problems.slice(0, TOLD).map((problem) => (
          <li key={problem.index} data-entry={problem.index}>
            {problem.index === null ? null : (
              <b class="num">{say('import.entry', [spellCount(problem.index + 1)])}</b>
            )}{' '}
            {problemWords(problem)} <span class="mono dim">{problemPlace(problem)}</span>
          </li>
        ))}
        {more > 0 ? <li class="dim">{say('import.more_problems', [spellCount(more)])}</li> : null}
      </ul>
    </div>
  );
}
