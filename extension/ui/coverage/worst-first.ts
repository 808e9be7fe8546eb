import type { CoverageCell } from '#protocol/coverage-api.ts';

import { isStale, shareOf, standingOf } from './share.ts';

/**
 * The order in which cells are read where there is no room for a table: matches that had to fail, then the lowest share,
 * then what is right but old, then what is right, then what has no share. What is alike stays in the order it came in.
 */
export function worstFirst(cells: readonly CoverageCell[], now: number): CoverageCell[] {
  return cells.toSorted(
    (a, b) =>
      rankOf(a, now) - rankOf(b, now) ||
      b.unexpectedMatch - a.unexpectedMatch ||
      ratioOf(a) - ratioOf(b) ||
      b.notAsExpected - a.notAsExpected ||
      agedFirst(a, b, now),
  );
}

function rankOf(cell: CoverageCell, now: number): number {
  const standing = standingOf(cell);
  if (standing === 'alarm') return 0;
  if (standing === 'beside') return 4;
  if (cell.notAsExpected > 0) return 1;
  return isStale(cell, now) ? 2 : 3;
}

function ratioOf(cell: CoverageCell): number {
  const share = shareOf(cell);
  return share ? share.asExpected / share.of : 1;
}

/** Of old cells the oldest; among the others age says nothing. */
function agedFirst(a: CoverageCell, b: CoverageCell, now: number): number {
  return isStale(a, now) && isStale(b, now) ? (a.last?.at ?? 0) - (b.last?.at ?? 0) : 0;
}
