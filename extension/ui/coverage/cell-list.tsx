import './cell-list.css';
import { useSignal } from '@preact/signals';
import type { CoverageCell } from '#protocol/coverage-api.ts';

import { spellCount } from '../counts.ts';
import { say } from '../words.ts';
import { CellFacts, cellClass } from './cell-facts.tsx';
import { hrefOfCell, type Question } from './cell-link.ts';
import { valueName } from './value-words.ts';
import { worstFirst } from './worst-first.ts';

const AT_FIRST = 40;

/** The cells where there is no room for a table: one below the other, what needs a look first. */
export function CellList({
  question,
  cells,
  now,
}: {
  question: Question;
  cells: CoverageCell[];
  now: number;
}) {
  const all = useSignal(false);
  const sorted = worstFirst(cells, now);
  const shown = all.value ? sorted : sorted.slice(0, AT_FIRST);
  const rest = sorted.length - shown.length;
  return (
    <section class="cell-list" aria-labelledby="worst-first">
      <h2 id="worst-first">{say('coverage.worst_first')}</h2>
      <ol>
        {shown.map((cell) => {
          const row = valueName(question.rows, cell.row);
          const column = valueName(question.columns, cell.column);
          return (
            <li key={JSON.stringify([cell.row, cell.column])}>
              <a class={cellClass(cell, now)} href={hrefOfCell(question, cell)}>
                <span class="of-cell">
                  <bdi>{row}</bdi> · <bdi>{column}</bdi>
                  <span class="unseen">: </span>
                </span>
                <CellFacts cell={cell} now={now} />
              </a>
            </li>
          );
        })}
      </ol>
      {rest > 0 ? (
        <button
          type="button"
          class="secondary"
          id="all-cells"
          onClick={() => {
            all.value = true;
          }}
        >
          {say('coverage.show_all', [spellCount(rest)])}
        </button>
      ) : null}
    </section>
  );
}
