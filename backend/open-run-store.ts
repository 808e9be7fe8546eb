import type { Config } from './config.ts';
import { StartError } from './start-error.ts';
import type { RunStore } from './store/run-store.ts';
import { openSqliteRunStore } from './store/sqlite/sqlite-run-store.ts';
import { UnusableStore } from './store/storage-error.ts';

/** The store the configuration asks for. `instance` tells this process from others that share it. */
export async function openRunStore({ dataFolder }: Config, instance: string): Promise<RunStore> {
  try {
    return await openSqliteRunStore({ folder: dataFolder, instance });
  } catch (error) {
    if (error instanceof UnusableStore) throw new StartError(error.code, error.message, { cause: error });
    throw error;
  }
}
