import { createHmac, hash, randomBytes } from 'node:crypto';

import type { DoorStore } from '../store/door/door-store.ts';
import { seal, unseal } from './seal.ts';

/** How long a pairing link waits to be used (ms). */
export const PAIRING_MS = 600_000;

/**
 * Puts a key where a code fetches it, once and soon, and returns the code. Until then the key lies sealed under the code
 * itself, which is kept nowhere: who reads the database reads no key.
 */
export async function offerKey(door: DoorStore, key: string, now: number): Promise<string> {
  const code = randomBytes(16).toString('base64url');
  await door.addPairing({
    codeDigest: hash('sha256', code),
    sealedKey: seal(keyUnder(code), 'pairing', key).toString('base64'),
    expiresAt: now + PAIRING_MS,
  });
  return code;
}

/** The key, to the first who asks in time; null for everybody else. */
export async function fetchKey(door: DoorStore, code: string, now: number): Promise<string | null> {
  const sealed = await door.takePairing(hash('sha256', code), now);
  return sealed === null ? null : unseal(keyUnder(code), 'pairing', Buffer.from(sealed, 'base64'));
}

const keyUnder = (code: string) => createHmac('sha256', code).update('pairing').digest();
