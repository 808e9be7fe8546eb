import { createHmac } from 'node:crypto';

import { seal, unseal } from '../access/seal.ts';
import type { SealedStore } from '../store/sealed-store.ts';

/** What the hash doctor needs of a run that is over. */
export interface Kept {
  accessToken: string;
  /** sub of the id_token; null where the run had none. */
  sub: string | null;
  /** How the record shows them, so that a later exchange shows them the same. */
  shown: [value: string, standIn: string][];
}

export interface KeptTokens {
  keep(runId: string, kept: Kept): Promise<void>;
  /** Once: what is taken is gone. Null for a run that kept nothing, or whose five minutes are over. */
  take(runId: string): Promise<Kept | null>;
}

/** Milliseconds after the verdict in which a person may press the button. */
const KEPT_FOR_MS = 300_000;

/** Keeps access tokens as sealed bytes only: AES-256-GCM, bound to their run, under a key nothing else uses. */
export function createKeptTokens(serverKey: Buffer, store: SealedStore, now: () => number): KeptTokens {
  const key = createHmac('sha256', serverKey).update('kept-tokens').digest();
  return {
    async keep(runId, kept) {
      await store.put(runId, seal(key, runId, JSON.stringify(kept)), now() + KEPT_FOR_MS);
    },
    async take(runId) {
      const sealed = await store.take(runId);
      const text = sealed && unseal(key, runId, sealed);
      return text ? (JSON.parse(text) as Kept) : null;
    },
  };
}
