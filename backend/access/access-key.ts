import { hash, randomBytes, randomUUID } from 'node:crypto';

import type { AccessKey, DoorStore, Scope } from '../store/door/door-store.ts';

/** 192 random bits, so that a bare digest of it tells nothing. */
export const makeKey = () => `nvi_${randomBytes(24).toString('base64url')}`;

export const digestOfKey = (key: string) => hash('sha256', key);

interface Wanted {
  label: string;
  scope: Scope;
  /** A new owner where none is named. */
  ownerId?: string;
  /** UTC milliseconds; null for a key that lasts. */
  expiresAt: number | null;
}

/** Makes a key and keeps its digest. The key itself is returned this once. */
export async function addKey(
  door: DoorStore,
  { label, scope, ownerId = randomUUID(), expiresAt }: Wanted,
  now: number,
): Promise<{ key: string; kept: AccessKey }> {
  const key = makeKey();
  const kept: AccessKey = {
    id: `k_${randomBytes(5).toString('hex')}`,
    ...{ ownerId, label, scope, createdAt: now, expiresAt, revokedAt: null, lastUsedAt: null },
  };
  await door.addKey(kept, digestOfKey(key));
  return { key, kept };
}

/** Why a key that is known opens nothing any more; null for one that does. */
export function spentBecause(
  { revokedAt, expiresAt }: Pick<AccessKey, 'revokedAt' | 'expiresAt'>,
  now: number,
): 'revoked' | 'expired' | null {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : null;
}
