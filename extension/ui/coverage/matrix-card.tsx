import './matrix-card.css';
import type { CoverageReply } from '#protocol/coverage-api.ts';

import { spellCount } from '../counts.ts';
import { say } from '../words.ts';
import type { Question } from './cell-link.ts';
import { CellList } from './cell-list.tsx';
import { coverage } from './coverage-state.ts';
import { Legend } from './legend.tsx';
import { MatrixProblem, MatrixWait, NoRuns } from './matrix-state.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { narrow } from './narrow.ts';
import { isEmpty } from './share.ts';

interface Shown {
  now: number;
  onRetry: () => void;
  onClear: () => void;
}

/** The matrix as far as it is known, what it leaves out, and what its colours mean. */
export function MatrixCard({ now, onRetry, onClear }: Shown) {
  const { state, problem, answer } = coverage.now.value;
  return (
    <>
      {problem ? <MatrixProblem problem={problem} onRetry={onRetry} /> : null}
      {answer && !isEmpty(answer.value.total) ? (
        <div class="matrix-card" aria-busy={state === 'loading'}>
          <Cells question={answer.question} reply={answer.value} now={now} />
        </div>
      ) : answer ? (
        <NoRuns narrowed={Object.keys(answer.question.filter).length > 0} onClear={onClear} />
      ) : problem ? null : (
        <MatrixWait />
      )}
    </>
  );
}

function Cells({ question, reply, now }: { question: Question; reply: CoverageReply; now: number }) {
  const { cells, leftOut } = reply;
  const shown = { question, cells, now };
  return (
    <>
      {narrow.value ? (
        <CellList {...shown} />
      ) : (
        <div class="matrix-box">
          <MatrixTable {...shown} partial={leftOut.columns > 0} />
        </div>
      )}
      <LeftOut leftOut={leftOut} />
      <Legend table={!narrow.value} />
    </>
  );
}

function LeftOut({ leftOut: { rows, columns } }: Pick<CoverageReply, 'leftOut'>) {
  const said = [
    rows > 0 ? say('coverage.left_out_rows', [spellCount(rows)]) : null,
    columns > 0 ? say('coverage.left_out_columns', [spellCount(columns)]) : null,
  ].filter(Boolean);
  if (said.length === 0) return null;
  return <p class="left-out dim small">{said.join(' ')}</p>;
}
