import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

import { UnusableStore } from '../storage-error.ts';

/** Every change of a schema, oldest first, and the table that says which were made. */
export interface SchemaPlan {
  table: string;
  migrations: Record<string, Migration>;
}

/** Brings the schema up to date, in one transaction: after a crash it is the old or the new one. `where` names the store. */
export async function migrate<T>(db: Kysely<T>, plan: SchemaPlan, where: string): Promise<void> {
  const { table, migrations } = plan;
  const strange = (await appliedTo(db, table)).filter((name) => !(name in migrations));
  if (strange.length > 0) {
    throw new UnusableStore(
      'storage.schema_too_new',
      `${where} was written by a newer version (${strange.join(', ')}). Start that version again, or restore a backup from before the upgrade.`,
    );
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: table,
    migrationLockTableName: `${table}_lock`,
  });
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

/** Whether every change of the schema this version knows has been made. One that a newer version made is no reason to say no. */
export async function isUpToDate<T>(db: Kysely<T>, { table, migrations }: SchemaPlan): Promise<boolean> {
  const applied = await appliedTo(db, table);
  return Object.keys(migrations).every((name) => applied.includes(name));
}

async function appliedTo<T>(db: Kysely<T>, table: string): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === table)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}
