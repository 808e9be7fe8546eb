import type { Migration } from 'kysely/migration';

import { createRuns } from './migration-0001.ts';
import type { DialectName } from './sql-dialect.ts';

/** Every change of the schema, oldest first. A release only ever adds to it. */
export const migrationsFor = (dialect: DialectName): Record<string, Migration> => ({
  '0001-runs': { up: (db) => createRuns(db, dialect) },
});
