import './chain-list.css';
import type { TargetedKeyboardEvent } from 'preact';

import type { SavedRun } from '../../runner/saved-run.ts';
import type { DetailTab } from '../detail/open-row.ts';
import { RowDetail } from '../detail/row-detail.tsx';
import { BrowserMark } from './browser-mark.tsx';
import { type Row, rowsOf } from './chain-rows.ts';
import { RowLine } from './row-line.tsx';

export interface ShownRow {
  row: Row;
  tab: DetailTab;
}

interface Shown {
  saved: SavedRun;
  axisMs: number;
  shown: ShownRow | null;
  /** A wide page shows the details beside the chain instead. */
  detailsBelow: boolean;
}

export function ChainList({ saved, axisMs, shown, detailsBelow }: Shown) {
  return (
    <ol class="chain" onKeyDown={moveBetweenRows}>
      {rowsOf(saved).map((row) => (
        <li key={row.id} id={row.id} {...dataOf(row)}>
          {row.kind === 'browser' ? (
            <BrowserMark hop={row.hop} />
          ) : (
            <RowLine row={row} run={saved.run} axisMs={axisMs} open={shown?.row.id === row.id} />
          )}
          {detailsBelow && shown?.row.id === row.id ? (
            <RowDetail row={row} run={saved.run} tab={shown.tab} axisMs={axisMs} />
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function dataOf(row: Row): Record<string, string> {
  if (row.kind === 'hop') return { 'data-hop': String(row.hop.index) };
  if (row.kind === 'leg') return { 'data-leg': row.leg.name, 'data-outcome': row.leg.outcome };
  return row.kind === 'end' ? { 'data-end': row.end.kind } : { [`data-${row.kind}`]: '' };
}

/** Arrows walk the chain as they walk a list; Tab still reaches what is open in between. */
function moveBetweenRows(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.line')];
  const at = lines.indexOf(event.target as HTMLElement);
  const next = step && at >= 0 ? lines[at + step] : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
}
