import type { SchemaPlan } from './migrate.ts';
import { createRuns } from './migration-0001.ts';
import { indexOwners } from './migration-0002-owners.ts';
import type { DialectName } from './sql-dialect.ts';

/** Every change of the schema, oldest first. A release only ever adds to it. */
export const runsPlan = (dialect: DialectName): SchemaPlan => ({
  table: 'kysely_migration',
  migrations: {
    '0001-runs': { up: (db) => createRuns(db, dialect) },
    '0002-owners': { up: indexOwners },
  },
});
