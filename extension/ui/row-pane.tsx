import type { SavedRun } from '../runner/saved-run.ts';
import type { ShownRow } from './chain/chain-list.tsx';
import { firstTab, type Row, rowsOf, tellingRow } from './chain/chain-rows.ts';
import { spellCount } from './counts.ts';
import { openRow } from './detail/open-row.ts';
import { RowDetail } from './detail/row-detail.tsx';
import { wide } from './wide.ts';
import { say } from './words.ts';

/** The row whose details are open; where there is room beside the chain, also the one that matters most. */
export function shownRow(saved: SavedRun): ShownRow | null {
  const rows = rowsOf(saved);
  const open = openRow.value;
  const chosen = rows.find((row) => row.id === open?.id);
  if (chosen && open) return { row: chosen, tab: open.tab };
  const telling = wide.value ? tellingRow(rows, saved.run) : undefined;
  return telling ? { row: telling, tab: firstTab(telling, saved.run) } : null;
}

/** The details of a row beside the chain, where there is room for them. */
export function RowPane({
  saved,
  axisMs,
  shown,
}: {
  saved: SavedRun;
  axisMs: number;
  shown: ShownRow | null;
}) {
  return (
    <aside class="pane" aria-label={say('tab.label')}>
      {shown ? (
        <>
          <h2 class="pane-title">{titleOf(shown.row)}</h2>
          <RowDetail row={shown.row} run={saved.run} tab={shown.tab} axisMs={axisMs} />
        </>
      ) : (
        <p class="dim pane-empty">{say('detail.pick')}</p>
      )}
    </aside>
  );
}

function titleOf(row: Row): string {
  if (row.kind === 'leg') return say(`leg.${row.leg.name}`);
  if (row.kind === 'end') return say('evidence.chain_end');
  return `${say('evidence.hop', [spellCount(row.hop.index)])} · ${say(`role.${row.hop.role}`)}`;
}
