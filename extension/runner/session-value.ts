import browser from 'webextension-polyfill';

/** One value in `storage.session`, which is memory of the browser and goes when it closes. */
export interface SessionValue<T> {
  read(): Promise<T | null>;
  /** Need not be awaited: writes reach the browser process in order, and survive this worker once issued. */
  write(value: T): Promise<void>;
  clear(): Promise<void>;
  /** Calls `seen` with every later state of it; returns what stops it. */
  watch(seen: (value: T | null) => void): () => void;
}

export function sessionValue<T>(key: string): SessionValue<T> {
  return {
    read: async () => ((await browser.storage.session.get(key))[key] as T | undefined) ?? null,
    write: (value) => browser.storage.session.set({ [key]: value }),
    clear: () => browser.storage.session.remove(key),
    watch(seen) {
      const onChanged = (changes: Record<string, browser.Storage.StorageChange>, area: string) => {
        const change = changes[key];
        if (area === 'session' && change) seen((change.newValue as T | undefined) ?? null);
      };
      browser.storage.onChanged.addListener(onChanged);
      return () => browser.storage.onChanged.removeListener(onChanged);
    },
  };
}
