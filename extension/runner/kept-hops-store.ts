import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import { KEPT_LIMIT, type KeptHops, sortKept, withoutNumber } from './kept-hops.ts';

interface Kept extends DBSchema {
  runs: { key: string; value: unknown };
  /** What another version wrote, as it was: nothing is thrown away because it is not understood. */
  aside: { key: string; value: unknown };
}

/** The id of a record, which both stores go by. */
const KEY = { keyPath: 'id' };

let opened: Promise<IDBPDatabase<Kept>> | null = null;

function database(): Promise<IDBPDatabase<Kept>> {
  opened ??= open('kept-hops')
    // A newer version has been here: what it keeps is left to it.
    .catch((error) => (error?.name === 'VersionError' ? open('kept-hops-of-1') : Promise.reject(error)))
    .catch((error) => {
      opened = null;
      throw error;
    });
  return opened;
}

function open(name: string): Promise<IDBPDatabase<Kept>> {
  return openDB<Kept>(name, 1, {
    upgrade(db) {
      db.createObjectStore('runs', KEY);
      db.createObjectStore('aside', KEY);
    },
    // Another page of a newer version wants to open it.
    blocking: () =>
      void opened
        ?.then((db) => db.close())
        .finally(() => {
          opened = null;
        }),
  });
}

/** Keeps the hops of a run on disk; false where that cannot be done (S1, S2). Never rejects: a run does not end for it. */
export async function keepHops(kept: KeptHops): Promise<boolean> {
  try {
    const writing = (await database()).transaction('runs', 'readwrite', { durability: 'strict' });
    const [known, count] = await Promise.all([writing.store.getKey(kept.id), writing.store.count()]);
    if (known === undefined && count >= KEPT_LIMIT) return false;
    await writing.store.put(kept);
    await writing.done;
    return true;
  } catch {
    return false;
  }
}

/**
 * Changes a record as it is now, in one transaction; what has gone meanwhile stays gone, also where somebody discarded it
 * just now. Never rejects.
 */
export async function changeKept(id: string, change: (kept: KeptHops) => KeptHops): Promise<void> {
  try {
    const writing = (await database()).transaction('runs', 'readwrite', { durability: 'strict' });
    const [found] = sortKept([await writing.store.get(id)]).kept;
    if (found) await writing.store.put(change(found));
    await writing.done;
  } catch {
    // The disk takes nothing more: what stands there stays.
  }
}

/** Takes the mask of a number out of what is kept, so that handing it over does not bring it back. */
export async function forgetKept(e164: string): Promise<void> {
  for (const { id } of (await readKept()).kept) await changeKept(id, (kept) => withoutNumber(kept, e164));
}

/** What is kept, the oldest first, and how many records were set aside. */
export async function readKept(): Promise<{ kept: KeptHops[]; aside: number }> {
  try {
    const db = await database();
    const { kept, strange } = sortKept(await db.getAll('runs'));
    for (const one of strange as { id: string }[]) {
      const moving = db.transaction(['runs', 'aside'], 'readwrite');
      await Promise.all([moving.objectStore('aside').put(one), moving.objectStore('runs').delete(one.id)]);
      await moving.done;
    }
    return { kept: kept.toSorted((a, b) => a.keptAt - b.keptAt), aside: await db.count('aside') };
  } catch {
    return { kept: [], aside: 0 };
  }
}

/** Only once the backend has all there is, or the person says so. */
export async function dropKept(id: string): Promise<void> {
  await database()
    .then((db) => db.delete('runs', id))
    .catch(() => undefined);
}
