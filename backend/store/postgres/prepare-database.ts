import { Kysely, PostgresDialect, sql } from 'kysely';

import { migrate } from '../database/migrate.ts';
import { runsPlan } from '../database/migrations.ts';
import { POSTGRES } from '../database/sql-dialect.ts';
import type { Tables } from '../database/tables.ts';
import { openPool, PATIENT } from './open-pool.ts';
import { storageFaultOf } from './postgres-faults.ts';

/** What a database needs before it is used, over connections of its own: none of this is done in seconds for certain. */
export async function prepareDatabase(url: string, report: (error: unknown) => void): Promise<void> {
  const pool = openPool(url, report, PATIENT);
  try {
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    await migrate(db, runsPlan('postgres'), 'the PostgreSQL database');
    // Only a matter of time: a server that takes no writes yet is still read from.
    await lowerStamps(db).catch((error) => {
      if (!storageFaultOf(error)) throw error;
    });
  } finally {
    await pool.end();
  }
}

/**
 * A stamp is the number of a transaction, and a dump that is restored elsewhere brings those of another server, which
 * may be ahead of this one's for years: each answer would read all these cells again. They become changes of this
 * moment. A cell that another holds is being changed, and gets its stamp by that.
 */
async function lowerStamps(db: Kysely<Tables>): Promise<void> {
  const ahead = sql<number>`(select cell_no from cells where stamp > ${POSTGRES.stamp} ${POSTGRES.holdFreeRows})`;
  await db.updateTable('cells').set({ stamp: POSTGRES.stamp }).where('cell_no', 'in', ahead).execute();
}
