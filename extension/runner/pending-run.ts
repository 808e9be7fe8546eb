import type { CallbackRequest, ChainEndRequest, CreateRunRequest } from '#protocol/backend-api.ts';

import type { BackendAddress } from '../backend-client/backend-call.ts';
import { sessionValue } from './session-value.ts';

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

export const {
  read: readPendingRun,
  write: writePendingRun,
  clear: clearPendingRun,
} = sessionValue<PendingRun>('pendingRun');
