import type { Config } from './config.ts';
import { StartError } from './start-error.ts';
import type { RunStore } from './store/run-store.ts';
import { openSqliteRunStore } from './store/sqlite/sqlite-run-store.ts';
import { UnusableStore } from './store/storage-error.ts';

/** The store the configuration asks for. `instance` tells this process from others that share it. */
export async function openRunStore(
  { databaseUrl, dataFolder }: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  instance: string,
  report: (error: unknown) => void,
): Promise<RunStore> {
  try {
    if (databaseUrl === null) return await openSqliteRunStore({ folder: dataFolder, instance });
    // Loaded only where it is used: the driver takes its time.
    const { openPostgresRunStore } = await import('./store/postgres/postgres-run-store.ts');
    return await openPostgresRunStore({ url: databaseUrl, instance, report });
  } catch (error) {
    if (error instanceof UnusableStore) throw new StartError(error.code, error.message, { cause: error });
    throw error;
  }
}
