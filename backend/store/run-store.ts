import type { RunFilter, RunsReply } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

/** A run as stored: the record, which is the fold of its events, and what makes repeated requests safe. */
export interface StoredRun {
  run: Run;
  events: RunEvent[];
  /** Keyed digest of the body that created it, and of the one that ended leg 1. */
  requestDigest: string;
  submissionDigest: string | null;
  /** The same of the one question that may follow a "no". */
  hashDoctorDigest: string | null;
  /** Kept whatever the retention says. */
  pinned: boolean;
}

export type Claim = 'claimed' | 'same' | 'conflict';

/**
 * What a store must do. An answer means the change is durable, as far as this store is. What cannot be done now is
 * refused with a `StorageError`, and then nothing has been acknowledged.
 */
export interface RunStore {
  /** False if the id exists already. */
  create(run: Run, created: RunEvent, requestDigest: string): Promise<boolean>;
  read(id: string): Promise<StoredRun | null>;
  /**
   * Takes the run's one submission, and with it a lease for this process to carry the run; `same` if exactly this body
   * took it before. `numberHmac` is how the number is recognised again without being readable.
   */
  claimSubmission(id: string, digest: string, numberHmac?: string | null): Promise<Claim>;
  /** Takes the run's one use of the hash doctor, in the same way; the run has ended by then. */
  claimHashDoctor(id: string, digest: string): Promise<Claim>;
  /** True for the first caller only. */
  spendCode(profileId: string, codeDigest: string): Promise<boolean>;
  /** Appends events and folds them into the record, all or none. The same events again change nothing; others in their place are refused. */
  append(id: string, events: readonly RunEvent[]): Promise<void>;
  /** Ids of runs without a submission that this backend heard of before `startedBefore` (UTC ms) and that have not ended. */
  abandoned(startedBefore: number): Promise<string[]>;

  /** Says that this process still carries these runs. */
  renewLeases(ids: readonly string[]): Promise<void>;
  /** Ids of runs in flight whose process no longer says so. They are this process's from now on: each is handed out once. */
  takeExpired(): Promise<string[]>;

  /** A page of the history, the newest first (by when they began, then by id), from where `cursor` says. */
  list(filter: RunFilter, cursor: string | null, limit: number): Promise<RunsReply>;
  /** False if there is no such run. */
  setPinned(id: string, pinned: boolean): Promise<boolean>;
  /** A run in flight is not deleted: it would end nowhere. */
  delete(id: string): Promise<'deleted' | 'in_flight' | 'unknown'>;
  /** Deletes what this backend heard of before `before` (UTC ms), pinned runs and runs in flight excepted; codes spent before go as well. Returns how many runs. */
  deleteBefore(before: number): Promise<number>;
  /** Removes mask and HMAC of this number from all runs. Returns how many had it. */
  forgetNumber(numberHmac: string): Promise<number>;
  close(): Promise<void>;
}

/** Milliseconds for which a run is its process's without being renewed; renewed every third of it. */
export const LEASE_MS = 15_000;
