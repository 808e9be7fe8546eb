import type { SealedStore } from '../../backend/store/sealed-store.ts';

/** A place for sealed bytes that can be looked at, and swapped. */
export function openSealedBytes() {
  const bytes = new Map<string, Buffer>();
  const store: SealedStore = {
    put: async (id, sealed) => void bytes.set(id, sealed),
    read: async (id) => bytes.get(id) ?? null,
    async take(id) {
      const sealed = bytes.get(id) ?? null;
      bytes.delete(id);
      return sealed;
    },
  };
  return { bytes, store };
}
