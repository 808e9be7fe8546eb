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
}

/** What a store must do. An answer means the change is durable, as far as this store is. */
export interface RunStore {
  /** False if the id exists already. */
  create(run: Run, created: RunEvent, requestDigest: string): Promise<boolean>;
  read(id: string): Promise<StoredRun | null>;
  /** Takes the run's one submission; `same` if exactly this body took it before. */
  claimSubmission(id: string, digest: string): Promise<'claimed' | 'same' | 'conflict'>;
  /** Takes the run's one use of the hash doctor, in the same way; the run has ended by then. */
  claimHashDoctor(id: string, digest: string): Promise<'claimed' | 'same' | 'conflict'>;
  /** True for the first caller only. */
  spendCode(profileId: string, codeDigest: string): Promise<boolean>;
  /** Appends events and folds them into the record, all or none. */
  append(id: string, events: readonly RunEvent[]): Promise<void>;
  /** Ids of runs without a submission that began before `startedBefore` (UTC ms) and have not ended. */
  abandoned(startedBefore: number): Promise<string[]>;
  close(): Promise<void>;
}
