import './matrix-table.css';
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { CoverageCell } from '#protocol/coverage-api.ts';

import { sayCount } from '../counts.ts';
import { say } from '../words.ts';
import { CellFacts, cellClass } from './cell-facts.tsx';
import { hrefOfCell, type Question } from './cell-link.ts';
import { finishedIn, matrixOf, type Value } from './matrix.ts';
import { moveFrom, type Place } from './move-in-matrix.ts';
import { dimensionWords, valueName } from './value-words.ts';

interface Shown {
  question: Question;
  cells: CoverageCell[];
  now: number;
  /** Columns were left out, so that a row's cells are not all of its runs. */
  partial: boolean;
}

/** Cells are as wide as their words need, and no wider than keeps together what belongs together. */
const HEAD_PX = 150;
const CELL_PX = { least: 138, most: 240 };

/** Rows and columns of values, and in each cell one link to its runs. One of them is reached with Tab, arrows lead on from there. */
export function MatrixTable({ question, cells, now, partial }: Shown) {
  const { rows, columns } = question;
  const matrix = matrixOf(cells, question, valueName);
  const links = matrix.rows.flatMap((row, atRow) =>
    matrix.columns.flatMap((column, atColumn) =>
      matrix.at(row, column) ? [{ row: atRow, column: atColumn }] : [],
    ),
  );
  const table = useRef<HTMLTableElement>(null);
  const reached = useSignal<Place | null>(null);
  const tabbable = links.find((one) => isSame(one, reached.value)) ?? links[0] ?? null;

  const move = (event: KeyboardEvent) => {
    const from = placeOf(event.target as HTMLElement);
    if (!from || event.altKey || event.metaKey) return;
    const to = moveFrom(from, event.key, event.ctrlKey, links);
    if (!to) return;
    event.preventDefault();
    table.current?.querySelector<HTMLElement>(`[data-at="${to.row} ${to.column}"]`)?.focus();
  };
  return (
    <table
      class="matrix"
      ref={table}
      style={{
        minWidth: `${HEAD_PX + matrix.columns.length * CELL_PX.least}px`,
        maxWidth: `${HEAD_PX + matrix.columns.length * CELL_PX.most}px`,
      }}
      onKeyDown={move}
      onFocusIn={(event) => {
        reached.value = placeOf(event.target as HTMLElement) ?? reached.value;
      }}
    >
      <caption class="unseen">
        {say('coverage.caption', [dimensionWords(rows), dimensionWords(columns)])}
      </caption>
      <thead>
        <tr>
          <td class="corner">
            <span>{dimensionWords(columns)} →</span>
            <span>{dimensionWords(rows)} ↓</span>
          </td>
          {matrix.columns.map((column) => (
            <th key={column} scope="col">
              <Name value={column} name={valueName(columns, column)} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map((row, atRow) => (
          <tr key={row}>
            <th scope="row">
              <Name value={row} name={valueName(rows, row)} />
              {partial ? null : <span class="sum num">{runWords(finishedIn(matrix, row))}</span>}
            </th>
            {matrix.columns.map((column, atColumn) => {
              const cell = matrix.at(row, column);
              return (
                <td key={column}>
                  {cell ? (
                    <a
                      class={cellClass(cell, now)}
                      href={hrefOfCell(question, cell)}
                      data-at={`${atRow} ${atColumn}`}
                      tabIndex={isSame({ row: atRow, column: atColumn }, tabbable) ? 0 : -1}
                    >
                      <span class="unseen">
                        {say('coverage.cell_name', [valueName(rows, row), valueName(columns, column)])}
                      </span>
                      <CellFacts cell={cell} now={now} />
                    </a>
                  ) : (
                    <span class="cell none">
                      <span aria-hidden="true">–</span> {say('coverage.no_run')}
                    </span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A person, or another program, wrote it: as long and in whatever direction it likes. */
function Name({ value, name }: { value: Value; name: string }) {
  return (
    <bdi class={`value ${value === null ? 'not-stated' : ''}`} title={name.length > 30 ? name : undefined}>
      {name}
    </bdi>
  );
}

function runWords(runs: number): string {
  return sayCount('history.count', runs);
}

function isSame(one: Place, other: Place | null): boolean {
  return one.row === other?.row && one.column === other.column;
}

function placeOf(element: HTMLElement): Place | null {
  const [row, column] = element.dataset.at?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}
