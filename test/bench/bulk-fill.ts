/** A long history put into an empty store in minutes: many rows a statement, by the code that makes a store's columns and cells. */
import { CompiledQuery, type Kysely, sql } from 'kysely';

import {
  COUNTERS,
  cellKeyOf,
  countersOf,
  DIMENSION_COLUMNS,
} from '../../backend/store/database/cell-columns.ts';
import { columnsOf, runFrom } from '../../backend/store/database/run-columns.ts';
import type { DialectName } from '../../backend/store/database/sql-dialect.ts';
import type { Tables } from '../../backend/store/database/tables.ts';
import { madeUpRun } from './made-up-history.ts';

/** Rows a statement: both databases limit the values of one. */
const ROWS = 250;
const STATEMENTS_A_TRANSACTION = 8;

type Columns = ReturnType<typeof columnsOf>;
type Cell = Record<string, string | number | null> & { cell_no: number };

/** Returns how many cells there are. Nobody else has the store meanwhile. `beforeCommit` ends each transaction. */
export async function bulkFill(
  db: Kysely<Tables>,
  dialect: DialectName,
  count: number,
  tell: (made: number) => void,
  beforeCommit: () => void = () => undefined,
): Promise<number> {
  const cells = new Map<string, Cell>();
  const texts = new Map<string, string>();
  for (let made = 0; made < count; ) {
    await db.transaction().execute(async (on) => {
      for (let one = 0; one < STATEMENTS_A_TRANSACTION && made < count; one += 1) {
        const rows = Math.min(ROWS, count - made);
        await putRuns(inserting(on, dialect, texts), made, rows, cells);
        made += rows;
      }
      beforeCommit();
    });
    if (made % 10_000 === 0) tell(made);
  }
  const all = [...cells.values()];
  for (let at = 0; at < all.length; at += ROWS) {
    await inserting(db, dialect, texts)('cells', all.slice(at, at + ROWS));
  }
  if (dialect === 'postgres') {
    for (const [table, column] of [['runs', 'run_no'] as const, ['cells', 'cell_no'] as const])
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}), (select max(${sql.ref(column)}) from ${sql.table(table)}))`.execute(
        db,
      );
  }
  return all.length;
}

type Row = Record<string, unknown>;

/** Rows that bring their numbers along. The text of a statement is made once: for so many values that takes longer than the insert. */
function inserting(db: Kysely<Tables>, dialect: DialectName, texts: Map<string, string>) {
  return async (table: 'runs' | 'cells' | 'run_events', rows: readonly Row[]) => {
    const key = `${table} ${rows.length}`;
    const textOf = () => {
      const plain = db
        .insertInto(table)
        .values(rows as never)
        .compile().sql;
      const hasIdentity = dialect === 'postgres' && table !== 'run_events';
      return hasIdentity ? plain.replace(') values (', ') overriding system value values (') : plain;
    };
    const text = texts.get(key) ?? textOf();
    texts.set(key, text);
    const names = Object.keys(rows[0] ?? {});
    const parameters = rows.flatMap((row) => names.map((name) => row[name]));
    await db.executeQuery(CompiledQuery.raw(text, parameters));
  };
}

async function putRuns(
  insert: ReturnType<typeof inserting>,
  from: number,
  count: number,
  cells: Map<string, Cell>,
) {
  const made = Array.from({ length: count }, (_, at) => {
    const { run, created, rest } = madeUpRun(from + at);
    const columns = columnsOf(runFrom([created, ...rest]));
    return { id: run.id, columns, runNo: from + at + 1, events: [created, ...rest], at: created.at };
  });
  const rows = made.map(({ id, columns, runNo, at }) => ({
    ...columns,
    ...{
      id,
      run_no: runNo,
      received_at: at,
      request_digest: 'digest',
      submission_digest: 'digest',
      revision: '',
    },
    cell_no: counted(cells, id, columns),
  }));
  await insert('runs', rows);
  const events = made.map(({ runNo, events }) => ({
    ...{ run_no: runNo, sequence: 1, events: JSON.stringify(events) },
  }));
  await insert('run_events', events);
}

/** Counts a run as `countRun` would, one after the other. */
function counted(cells: Map<string, Cell>, id: string, columns: Columns): number {
  const key = cellKeyOf(columns);
  const cell = cells.get(key) ?? emptyCell(cells.size + 1, key, columns);
  cells.set(key, cell);
  for (const name of countersOf(columns)) cell[name] = Number(cell[name]) + 1;
  const isLast =
    columns.timings !== null && (cell.last_at === null || columns.started_at > Number(cell.last_at));
  if (isLast) {
    cell.last_at = columns.started_at;
    cell.last_id = id;
    cell.last_verdict = columns.verdict;
    cell.last_leg = columns.leg;
    cell.last_expected = columns.expected === 'as_expected' ? 1 : 0;
  }
  return cell.cell_no;
}

function emptyCell(cellNo: number, key: string, columns: Columns): Cell {
  return {
    ...{ cell_no: cellNo, stamp: 1, cell_key: key },
    ...{ first_at: columns.started_at, newest_at: columns.started_at },
    ...{ last_at: null, last_id: null, last_verdict: null, last_leg: null, last_expected: null },
    ...Object.fromEntries(DIMENSION_COLUMNS.map((name) => [name, columns[name]])),
    ...Object.fromEntries(COUNTERS.map((name) => [name, 0])),
  };
}
