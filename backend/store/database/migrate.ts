import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';

import { UnusableStore } from '../storage-error.ts';
import { migrationsFor } from './migrations.ts';
import type { DialectName } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Brings the schema up to date, in one transaction: after a crash it is the old or the new one. `where` names the store. */
export async function migrate(db: Kysely<Tables>, dialect: DialectName, where: string): Promise<void> {
  const migrations = migrationsFor(dialect);
  const strange = (await appliedTo(db)).filter((name) => !(name in migrations));
  if (strange.length > 0) {
    throw new UnusableStore(
      'storage.schema_too_new',
      `${where} was written by a newer version (${strange.join(', ')}). Start that version again, or restore a backup from before the upgrade.`,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    const { message } = error as Error;
    throw new UnusableStore(
      'storage.unavailable',
      `The schema of ${where} could not be brought up to date and is as it was (${message}). See that nothing else writes there.`,
      { cause: error },
    );
  }
}

async function appliedTo(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}
