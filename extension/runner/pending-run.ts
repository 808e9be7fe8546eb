import browser from 'webextension-polyfill';

import type { CallbackRequest, ChainEndRequest, CreateRunRequest } from '#protocol/backend-api.ts';

import type { BackendAddress } from '../backend-client/backend-call.ts';

/** How leg 1 ended, as it is handed to the backend. It carries the number's hash, a callback the code in clear as well, and so lives in `storage.session` only. */
export type Submission =
  | { kind: 'callback'; body: CallbackRequest }
  | { kind: 'chain-end'; body: ChainEndRequest };

/** What a new worker needs to carry on where the old one died. Gone as soon as the backend has acknowledged it. */
export interface PendingRun {
  backend: BackendAddress;
  create: CreateRunRequest;
  /** Known from when the chain is walked; a chain cut short is reported with it. */
  numberHash: string | null;
  submission: Submission | null;
  /** When the callback came (UTC ms): its code is good for a minute. */
  codeSeenAt: number | null;
}

const KEY = 'pendingRun';

export async function readPendingRun(): Promise<PendingRun | null> {
  return ((await browser.storage.session.get(KEY))[KEY] as PendingRun | undefined) ?? null;
}

export function writePendingRun(pending: PendingRun): Promise<void> {
  return browser.storage.session.set({ [KEY]: pending });
}

export function clearPendingRun(): Promise<void> {
  return browser.storage.session.remove(KEY);
}
