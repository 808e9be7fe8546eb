/** Entries that all live equally long. The oldest stand first, so tidying up on each write keeps memory bounded. */
export interface ExpiringMap<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  /** All that has not been tidied up yet. */
  entries(): [string, V][];
}

export function createExpiringMap<V>(lifetimeMs: number): ExpiringMap<V> {
  const entries = new Map<string, { value: V; until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry && Date.now() < entry.until ? entry.value : undefined;
    },
    set(key, value) {
      for (const [old, { until }] of entries) {
        if (Date.now() < until) break;
        entries.delete(old);
      }
      entries.set(key, { value, until: Date.now() + lifetimeMs });
    },
    entries: () => [...entries].map(([key, { value }]) => [key, value]),
  };
}
