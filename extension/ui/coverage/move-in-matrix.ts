/** Where a cell with a link stands. */
export interface Place {
  row: number;
  column: number;
}

/** Where an arrow, Home or End leads from a cell: to the next one that has a link, in the same row or column. Null where there is none. */
export function moveFrom(from: Place, key: string, far: boolean, places: readonly Place[]): Place | null {
  const inRow = places.filter(({ row }) => row === from.row);
  const inColumn = places.filter(({ column }) => column === from.column);
  switch (key) {
    case 'ArrowRight':
      return inRow.find(({ column }) => column > from.column) ?? null;
    case 'ArrowLeft':
      return inRow.findLast(({ column }) => column < from.column) ?? null;
    case 'ArrowDown':
      return inColumn.find(({ row }) => row > from.row) ?? null;
    case 'ArrowUp':
      return inColumn.findLast(({ row }) => row < from.row) ?? null;
    case 'Home':
      return (far ? places : inRow)[0] ?? null;
    case 'End':
      return (far ? places : inRow).at(-1) ?? null;
    default:
      return null;
  }
}
