import { createHmac, hash } from 'node:crypto';

import { HANDOFF_MS } from '#protocol/handoff.ts';
import type { Run } from '#protocol/run.ts';

import { seal, unseal } from '../access/seal.ts';
import type { DoorStore } from '../store/door/door-store.ts';
import { keyedDigest } from './derived-values.ts';

/** What a hand-off is kept with. */
export interface HandoffTools {
  door: DoorStore;
  serverKey: Buffer;
  /** UTC milliseconds. */
  now(): number;
}

/** How long the digest of a number waits for its run to end, also where this backend is away when it would be given up. */
const DIGEST_KEPT_MS = 25 * 3_600_000;

export interface Offer {
  /** The secret part of the link. */
  code: string;
  expiresAt: number;
  /** False where it was offered before. */
  isNew: boolean;
}

/**
 * Offers a run to a phone and seals the number's hash until it is back, ten minutes at most; the digest by which the number
 * can be forgotten waits until the run is over. The code is derived, so that asking again gives
 * the same link; it runs out as the run does that nobody reports of.
 */
export async function offerHandoff(run: Run, numberHash: string, tools: HandoffTools): Promise<Offer> {
  const { door, serverKey, now } = tools;
  const createdAt = run.events[0]?.at ?? now();
  const expiresAt = createdAt + HANDOFF_MS;
  const code = codeOf(serverKey, run.id);
  const key = sealingKey(serverKey);
  const numberHmac = keyedDigest(serverKey, 'number', numberHash);
  await door.sealed.put(hashId(run.id), seal(key, run.id, numberHash), expiresAt);
  await door.sealed.put(digestId(run.id), seal(key, run.id, numberHmac), createdAt + DIGEST_KEPT_MS);
  const isNew = await door.addHandoff({ runId: run.id, linkDigest: digest(code), expiresAt });
  return { code, expiresAt, isNew };
}

/** The run behind a link; null for one that nobody gave out or that has run out. Looking opens nothing. */
export async function lookAtHandoff(
  code: string,
  { door, now }: HandoffTools,
): Promise<{ runId: string; isOpen: boolean; isOpenTo(browser: string | null): boolean } | null> {
  const found = await door.handoffAt(digest(code), now());
  if (!found) return null;
  const { runId, browserDigest, ended } = found;
  return {
    runId,
    isOpen: browserDigest !== null,
    isOpenTo: (browser) => !ended && browser !== null && browserDigest === digest(browser),
  };
}

/** Whether this secret was never used to open a link: one that was stands for that one alone. */
export const isUnused = async (browser: string, { door }: HandoffTools): Promise<boolean> =>
  (await door.handoffOf(digest(browser))) === null;

/**
 * Opens a link for the one browser that is to walk it, which may do so again: its first answer may have been lost.
 * `browser` is the secret it shows again with the callback.
 */
export const openHandoff = (
  code: string,
  browser: string,
  { door, now }: HandoffTools,
): Promise<string | null> => door.openHandoff(digest(code), digest(browser), now());

/** The run whose callback this browser may bring, and the number's hash. Nothing is used up: the run's claim does that. */
export async function waitingHandoff(
  browser: string,
  tools: HandoffTools,
): Promise<{ runId: string; numberHash: string } | null> {
  const found = await tools.door.handoffOf(digest(browser));
  if (!found || found.ended || found.expiresAt <= tools.now()) return null;
  const numberHash = await unsealed(hashId(found.runId), found.runId, tools);
  return numberHash ? { runId: found.runId, numberHash } : null;
}

/** The digest of the number of a run that was handed to a phone and has not been claimed; null for every other run. */
export const handedDigest = (runId: string, tools: HandoffTools): Promise<string | null> =>
  unsealed(digestId(runId), runId, tools);

async function unsealed(id: string, runId: string, { door, serverKey }: HandoffTools) {
  const sealed = await door.sealed.read(id);
  return sealed && unseal(sealingKey(serverKey), runId, sealed);
}

/** Forgets the number, once the run has its digest. */
export async function endHandoff(runId: string, { door }: HandoffTools): Promise<void> {
  await door.endHandoff(runId);
  await Promise.all([door.sealed.take(hashId(runId)), door.sealed.take(digestId(runId))]);
}

const digest = (text: string) => hash('sha256', text);
const hashId = (runId: string) => `handoff ${runId}`;
const digestId = (runId: string) => `handed number ${runId}`;
const sealingKey = (serverKey: Buffer) => createHmac('sha256', serverKey).update('handoff').digest();

/** 128 bits that only this backend can derive. */
function codeOf(serverKey: Buffer, runId: string): string {
  const derived = createHmac('sha256', serverKey).update(`${runId}\0handoff-link`).digest();
  return derived.subarray(0, 16).toString('base64url');
}
