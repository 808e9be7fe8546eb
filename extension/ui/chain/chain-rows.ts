import type { ChainEnd, Hop } from '#protocol/hop.ts';
import type { Leg } from '#protocol/leg.ts';
import type { Run } from '#protocol/run.ts';

import type { SavedRun } from '../../runner/saved-run.ts';
import type { DetailTab } from '../detail/open-row.ts';

type LiveHop = NonNullable<SavedRun['liveHop']>;

/** One line of the run's picture. `id` is stable over the run, so that an open row stays open while others arrive. */
export type Row =
  | { kind: 'hop'; id: string; hop: Hop; failed: boolean; wentOn: boolean }
  | { kind: 'browser'; id: string; hop: Hop }
  | { kind: 'live'; id: string; hop: LiveHop }
  | { kind: 'end'; id: string; end: ChainEnd }
  | { kind: 'leg'; id: string; leg: Leg };

export const END_ROW = 'chain-end';

export function hopRowId(index: number): string {
  return `hop-${index}`;
}

export function legRowId(leg: string): string {
  return `leg-${leg}`;
}

/** Hops as they came, the end of the chain, then the two legs of the backend once there is something to wait for. */
export function rowsOf(saved: SavedRun): Row[] {
  const { run, liveHop, stage } = saved;
  const rows: Row[] = run.hops.map((hop, at) =>
    hop.madeBy === 'browser'
      ? { kind: 'browser', id: `between-${at}`, hop }
      : { kind: 'hop', id: hopRowId(hop.index), hop, ...fateOf(saved, hop, at) },
  );
  const answered = run.hops.some((hop) => hop.madeBy === 'network' && hop.index === liveHop?.index);
  if (liveHop && stage !== 'done' && !answered) {
    rows.push({ kind: 'live', id: hopRowId(liveHop.index), hop: liveHop });
  }
  if (run.chainEnd && hasEndRow(saved, run.chainEnd)) {
    rows.push({ kind: 'end', id: END_ROW, end: run.chainEnd });
  }
  if (run.chainEnd?.kind === 'callback' && !saved.chainOnly) {
    for (const leg of run.legs) {
      if (leg.name !== 'authorize') rows.push({ kind: 'leg', id: legRowId(leg.name), leg });
    }
  }
  return rows;
}

/** An error or a page is told by the hop it happened at; a row of its own would say it twice, unless it carries checks. */
function hasEndRow({ run }: SavedRun, end: ChainEnd): boolean {
  if (end.kind !== 'error' && end.kind !== 'page') return true;
  return run.legs.some((leg) => leg.name === 'authorize' && leg.checks.length > 0);
}

/** A page in a tab is no failure as long as the chain may go on from it. */
function fateOf({ run }: SavedRun, hop: Hop, at: number): { failed: boolean; wentOn: boolean } {
  const open = run.chainEnd === null || run.chainEnd.kind === 'callback';
  const wentOn = hop.page !== null && run.capture === 'tab' && (open || at < run.hops.length - 1);
  const failed = hop.error !== null || (hop.page !== null && !wentOn);
  return { wentOn, failed: failed || (run.failure?.hop === hop.index && run.failure !== null) };
}

/** The row to show where there is room for one unasked: the one that failed, else the latest there is. */
export function tellingRow(rows: Row[], { failure }: Run): Row | undefined {
  const openable = rows.filter((row) => row.kind !== 'browser' && row.kind !== 'live');
  const failed = failure && openable.find((row) => isAt(row, failure));
  return failed ?? openable.findLast((row) => row.kind !== 'leg' || row.leg.outcome !== 'waiting');
}

function isAt(row: Row, { hop, leg }: NonNullable<Run['failure']>): boolean {
  if (row.kind === 'hop') return row.hop.index === hop;
  return row.kind === 'leg'
    ? row.leg.name === leg
    : row.kind === 'end' && leg === 'authorize' && hop === null;
}

/** A hop is opened for what it answered; where something failed or was checked, for why. */
export function firstTab(row: Row, run: Run): DetailTab {
  if (row.kind === 'leg' || row.kind === 'end') return 'why';
  if (row.kind === 'hop') return row.failed && run.failure?.hop !== row.hop.index ? 'why' : 'response';
  return 'request';
}
