import type { Run } from '#protocol/run.ts';
import { toggleRow } from '../detail/open-row.ts';
import { ChevronIcon } from '../icons.tsx';
import { say } from '../words.ts';
import { firstTab, type Row } from './chain-rows.ts';
import { EndLine } from './end-line.tsx';
import { HopLine, LiveLine } from './hop-line.tsx';
import { LegLine } from './leg-line.tsx';

type OpenableRow = Exclude<Row, { kind: 'browser' }>;

interface Shown {
  row: OpenableRow;
  run: Run;
  axisMs: number;
}

/** One row as one button: the whole line opens it. */
export function RowLine({ row, run, axisMs, open }: Shown & { open: boolean }) {
  return (
    <button
      type="button"
      class={`line ${row.kind} ${toneOf(row, run)} ${open ? 'open' : ''}`}
      aria-expanded={open}
      onClick={() => toggleRow(row.id, firstTab(row, run))}
    >
      <Line row={row} run={run} axisMs={axisMs} />
      <span class="chevron" title={say('row.opens')}>
        <ChevronIcon />
      </span>
    </button>
  );
}

function Line({ row, run, axisMs }: Shown) {
  if (row.kind === 'hop') return <HopLine hop={row.hop} wentOn={row.wentOn} axisMs={axisMs} />;
  if (row.kind === 'live') return <LiveLine hop={row.hop} axisMs={axisMs} />;
  return row.kind === 'end' ? <EndLine end={row.end} run={run} /> : <LegLine leg={row.leg} axisMs={axisMs} />;
}

function toneOf(row: OpenableRow, run: Run): string {
  if (row.kind === 'hop') return row.failed ? 'failed' : '';
  if (row.kind === 'leg') return row.leg.outcome;
  if (row.kind === 'end') return endFailed(run) ? 'failed' : row.end.kind;
  return '';
}

function endFailed({ failure }: Run): boolean {
  return failure?.leg === 'authorize' && failure.hop === null;
}
