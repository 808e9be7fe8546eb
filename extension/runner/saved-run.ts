import type { HopRole } from '#protocol/hop.ts';
import type { Run } from '#protocol/run.ts';

import type { LatePermission } from './late-permission.ts';
import type { Problem } from './messages.ts';
import { sessionValue } from './session-value.ts';

/**
 * The run as it stands, kept in `storage.session` after every event: pages watch it there, and a new worker
 * finds there how far the old one came. Redacted, except what `PendingRun` holds.
 */
export interface SavedRun {
  stage: Stage;
  run: Run;
  /** The hop on its way, shown as a ghost row. */
  liveHop: { index: number; url: string; role: HopRole; startedAtMs: number } | null;
  waitingFor: WaitForHost | WaitForAnswer | WaitForPerson | null;
  /** Set while the backend does not know the end of this run: why, and what the person can do. */
  notSaved: Problem | null;
  /** Set where the run ended for want of a permission, which may still come. */
  late?: LatePermission;
  /** The host whose permission came late, so that this run was started in place of the one that waited for it. */
  startedAgainFor?: string;
  /** Set where nobody goes on after the chain: an inspected one. */
  chainOnly?: true;
  /** When the code came that is held for the backend (UTC ms). The code itself stands in `PendingRun`. */
  codeSeenAt?: number;
  /** False where this browser could not keep the hops either. */
  keptHere?: boolean;
}

/** The chain leads to a host that this extension may not ask. */
export interface WaitForHost {
  kind: 'host_permission';
  host: string;
  origins: string[];
  /** It was allowed when the run began. */
  revoked?: boolean;
  since: number;
  until: number;
}

/** An inspected chain leads to what looks like an answer, and the request named no redirect_uri: a person decides. */
export interface WaitForAnswer {
  kind: 'answer';
  host: string;
  /** Which parameters make it look like one. */
  parameters: string[];
  since: number;
  until: number;
}

/** The operator shows a page in the tab, and somebody has to do something about it. */
export interface WaitForPerson {
  kind: 'person';
  host: string;
  tabId: number;
  since: number;
  until: number;
}

/**
 * - `walking`: leg 1 is under way.
 * - `handing_over`: leg 1 has ended, the backend has not yet acknowledged it.
 * - `handed_over`: the backend carries the run.
 * - `done`: nothing more will happen.
 */
export type Stage = 'walking' | 'handing_over' | 'handed_over' | 'done';

export const {
  read: readSavedRun,
  /** Not awaited on the hot path. */
  write: writeSavedRun,
  clear: clearSavedRun,
  watch: watchSavedRun,
} = sessionValue<SavedRun>('savedRun');

/** Checked in the turn that issues the write: what a later `dismiss` clears stays cleared. */
export function writeWanted(saved: SavedRun, dropped: AbortSignal): Promise<void> {
  return dropped.aborted ? Promise.resolve() : writeSavedRun(saved);
}

/** A page keeps this port open while it shows a run: when the worker dies it notices, and reconnecting wakes a new one. */
export const WATCH_PORT = 'watch-run';
