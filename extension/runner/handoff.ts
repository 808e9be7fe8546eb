import type { CreateRunRequest } from '#protocol/backend-api.ts';

import type { BackendAddress } from '../backend-client/backend-call.ts';
import type { Problem } from './messages.ts';
import type { SavedRun } from './saved-run.ts';
import { sessionValue } from './session-value.ts';

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

export const {
  read: readHandoff,
  write: writeHandoff,
  clear: clearHandoff,
  watch: watchHandoff,
} = sessionValue<Handoff>('handoff');

export const {
  read: readUnsent,
  write: writeUnsent,
  clear: clearUnsent,
} = sessionValue<UnsentHandoff>('unsentHandoff');
