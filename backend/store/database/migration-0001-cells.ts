import type { Kysely } from 'kysely';

import { COUNTERS, DIMENSION_COLUMNS } from './cell-columns.ts';
import type { DialectName } from './sql-dialect.ts';

/**
 * How runs went, added up as they end: a cell for each combination of conditions, profile and day. An emptied cell keeps
 * its number and its stamp, and nothing of what it was, so that copies in memory hear of it.
 */
export async function createCells(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  let cells = db.schema
    .createTable('cells')
    .addColumn('cell_no', dialect === 'sqlite' ? 'integer' : 'bigint', (column) =>
      dialect === 'sqlite'
        ? column.primaryKey().autoIncrement()
        : column.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('stamp', 'bigint', (column) => column.notNull())
    .addColumn('first_at', 'bigint')
    .addColumn('newest_at', 'bigint')
    .addColumn('last_at', 'bigint')
    .addColumn('last_expected', 'integer');
  for (const name of COUNTERS)
    cells = cells.addColumn(name, 'integer', (column) => column.notNull().defaultTo(0));
  for (const name of ['cell_key', ...DIMENSION_COLUMNS, 'last_id', 'last_verdict', 'last_leg'])
    cells = cells.addColumn(name, 'text');
  await cells.execute();
  await db.schema.createIndex('cells_key').unique().on('cells').column('cell_key').execute();
  await db.schema.createIndex('cells_stamp').on('cells').columns(['stamp', 'cell_no']).execute();
}
