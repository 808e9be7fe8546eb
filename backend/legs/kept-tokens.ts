import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

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
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps access tokens as sealed bytes only: AES-256-GCM, bound to their run, under a key nothing else uses. */
export function createKeptTokens(serverKey: Buffer, store: SealedStore, now: () => number): KeptTokens {
  const key = createHmac('sha256', serverKey).update('kept-tokens').digest();
  return {
    async keep(runId, kept) {
      await store.put(runId, seal(key, runId, JSON.stringify(kept)), now() + KEPT_FOR_MS);
    },
    async take(runId) {
      const sealed = await store.take(runId);
      const text = sealed && open(key, runId, sealed);
      return text ? (JSON.parse(text) as Kept) : null;
    },
  };
}

function seal(key: Buffer, runId: string, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(runId));
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Null for bytes of another run or under another key: whoever keeps them may have been tampered with. */
function open(key: Buffer, runId: string, sealed: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(runId))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}
