/**
 * Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet: a cell that one would take for a formula
 * gets an apostrophe in front (OWASP ASVS 1.2.10), and reading takes away exactly what writing put there (E14).
 */

/** First characters of a formula, the full-width ones of East Asian keyboards too, and what a spreadsheet skips before one. */
const FORMULA = '[=+\\-@\\t\\r\\n\\0＝＋－＠]';
const NEEDS_GUARD = new RegExp(`^'*${FORMULA}`);
const HAS_GUARD = new RegExp(`^''*${FORMULA}`);

/** Excel takes a file without this mark for one in the machine's old code page. */
const BYTE_ORDER_MARK = '\ufeff';

export function writeCsv(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** Quoted also for the separators of other locales, which would cut a cell in two. */
function cellOf(value: string): string {
  const guarded = NEEDS_GUARD.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The rows of such a text, cell by cell as they were before they were written. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;
  CELL.lastIndex = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  let row: string[] = [];
  while (CELL.lastIndex < text.length || row.length > 0) {
    const found = CELL.exec(text);
    if (!found) throw new SyntaxError(`No cell of a CSV file at row ${rows.length + 1}`);
    const [, quoted, plain = '', end] = found;
    row.push(unguarded(quoted?.replaceAll('""', '"') ?? plain));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function unguarded(cell: string): string {
  return HAS_GUARD.test(cell) ? cell.slice(1) : cell;
}
