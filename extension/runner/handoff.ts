import browser from 'webextension-polyfill';

import type { CreateRunRequest } from '#protocol/backend-api.ts';

import type { BackendAddress } from '../backend-client/backend-call.ts';
import type { Problem } from './messages.ts';
import type { SavedRun } from './saved-run.ts';

/**
 * A run that another device walks. The backend carries it, whether or not anybody looks; what is here is what a page
 * shows of it. In memory only, until the browser closes or a person puts it away.
 */
export interface Handoff extends SavedRun {
  stage: 'handed_over' | 'done';
  /** For the browser of the phone; one use. */
  link: string;
  /** When the link runs out, and the run with it (UTC ms). */
  expiresAt: number;
  /** Why nothing is heard of the run at the moment; it goes on all the same. */
  trouble: Problem | null;
}

/** What has to be sent before there is a link. The number's hash is nowhere else here, and gone once the backend has it. */
export interface UnsentHandoff {
  backend: BackendAddress;
  create: CreateRunRequest;
  numberHash: string;
}

const KEY = 'handoff';
const UNSENT = 'unsentHandoff';

export async function readHandoff(): Promise<Handoff | null> {
  return ((await browser.storage.session.get(KEY))[KEY] as Handoff | undefined) ?? null;
}

export function writeHandoff(handoff: Handoff): Promise<void> {
  return browser.storage.session.set({ [KEY]: handoff });
}

export function clearHandoff(): Promise<void> {
  return browser.storage.session.remove(KEY);
}

export async function readUnsent(): Promise<UnsentHandoff | null> {
  return ((await browser.storage.session.get(UNSENT))[UNSENT] as UnsentHandoff | undefined) ?? null;
}

export function writeUnsent(unsent: UnsentHandoff): Promise<void> {
  return browser.storage.session.set({ [UNSENT]: unsent });
}

export function clearUnsent(): Promise<void> {
  return browser.storage.session.remove(UNSENT);
}

/** Calls `seen` with every later state of it; returns what stops it. */
export function watchHandoff(seen: (handoff: Handoff | null) => void): () => void {
  const onChanged = (changes: Record<string, browser.Storage.StorageChange>, area: string) => {
    const change = changes[KEY];
    if (area === 'session' && change) seen((change.newValue as Handoff | undefined) ?? null);
  };
  browser.storage.onChanged.addListener(onChanged);
  return () => browser.storage.onChanged.removeListener(onChanged);
}
