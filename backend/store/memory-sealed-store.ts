import type { SealedStore } from './sealed-store.ts';

interface Entry {
  sealed: Buffer;
  expiresAt: number;
  removal: NodeJS.Timeout;
}

interface MemorySealedStoreOptions {
  capacity?: number;
  /** Wall clock, milliseconds. */
  now?: () => number;
}

/** Sealed bytes for as long as the process lives, and no longer than they may. */
export function createMemorySealedStore({
  capacity = 1000,
  now = Date.now,
}: MemorySealedStoreOptions = {}): SealedStore {
  const entries = new Map<string, Entry>();

  const remove = (id: string): Entry | undefined => {
    const entry = entries.get(id);
    clearTimeout(entry?.removal);
    entries.delete(id);
    return entry;
  };

  return {
    async put(id, sealed, expiresAt) {
      remove(id);
      // Whether or not anyone asks again; the clock decides what `take` gives, the timer only clears up.
      const removal = setTimeout(() => remove(id), Math.max(0, expiresAt - now()));
      removal.unref();
      entries.set(id, { sealed, expiresAt, removal });
      for (const oldest of entries.keys()) {
        if (entries.size <= capacity) break;
        remove(oldest);
      }
    },
    async take(id) {
      const entry = remove(id);
      return entry && now() < entry.expiresAt ? entry.sealed : null;
    },
    async close() {
      for (const id of [...entries.keys()]) remove(id);
    },
  };
}
