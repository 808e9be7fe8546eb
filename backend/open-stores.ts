import type { Config } from './config.ts';
import { StartError } from './start-error.ts';
import type { DoorStore } from './store/door/door-store.ts';
import { openSqliteDoor } from './store/door/open-sqlite-door.ts';
import type { RunStore } from './store/run-store.ts';
import { openSqliteRunStore } from './store/sqlite/sqlite-run-store.ts';
import { UnusableStore } from './store/storage-error.ts';

type Place = Pick<Config, 'databaseUrl' | 'dataFolder'>;
type Report = (error: unknown) => void;

/** The store the configuration asks for. `instance` tells this process from others that share it. */
export function openRunStore(place: Place, instance: string, report: Report): Promise<RunStore> {
  return orStartError(async () => {
    const { databaseUrl: url, dataFolder: folder } = place;
    if (url === null) return openSqliteRunStore({ folder, instance });
    // Loaded only where it is used: the driver takes its time.
    const { openPostgresRunStore } = await import('./store/postgres/postgres-run-store.ts');
    return openPostgresRunStore({ url, instance, report });
  });
}

/** Beside it, what the door has to know; `durable` where keys are changed. */
export function openDoorStore(place: Place, report: Report, durable = false): Promise<DoorStore> {
  return orStartError(async () => {
    if (place.databaseUrl === null) return openSqliteDoor({ folder: place.dataFolder, durable });
    const { openPostgresDoor } = await import('./store/door/open-postgres-door.ts');
    return openPostgresDoor(place.databaseUrl, report);
  });
}

async function orStartError<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof UnusableStore) throw new StartError(error.code, error.message, { cause: error });
    throw error;
  }
}
