import type { CoverageFilter, CoverageQuery, LatencyReply } from '#protocol/coverage-api.ts';
import type { CoverageTable } from '#protocol/coverage-table.ts';
import type { RunCount, RunFilter, RunsReply } from '#protocol/history-api.ts';
import type { ImportRunReply } from '#protocol/history-requests.ts';
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
  /** The reference chain of its profile; kept as well. */
  reference: boolean;
  /** UTC milliseconds; null for a run that was made here. */
  importedAt: number | null;
}

export type Claim = 'claimed' | 'same' | 'conflict';

/** The report of how leg 1 went, of which a run takes one. */
export interface Submission {
  /** Keyed digest of its body. */
  digest: string;
  /** How the number is recognised again without being readable. */
  numberHmac: string | null;
}

/** Whose runs are asked about; null for everybody's. */
export type Whose = string | null;

/**
 * What a store must do. An answer means the change is durable, as far as this store is. What cannot be done now is
 * refused with a `StorageError`, and then nothing has been acknowledged.
 */
export interface RunStore {
  /** False if the id exists already. */
  create(run: Run, created: RunEvent, requestDigest: string): Promise<boolean>;
  read(id: string): Promise<StoredRun | null>;
  /**
   * Takes the run's one submission, and with it a lease for this process to carry the run, and appends the first events of
   * that: all of it or nothing. `same` if exactly this submission took it before; `changed` if the run is not as it was
   * read, and is to be read again. A code is spent with it, at the operator of the run's profile; `code_spent` if it was
   * before.
   */
  claimSubmission(
    run: Run,
    events: readonly RunEvent[],
    submission: Submission,
    codeDigest: string | null,
  ): Promise<Claim | 'changed' | 'code_spent'>;
  /** Takes the run's one use of the hash doctor, in the same way; the run has ended by then. */
  claimHashDoctor(id: string, digest: string): Promise<Claim>;
  /** Appends events, all or none; `run` is the record with them. The same events again change nothing; others in their place are refused. */
  append(run: Run, events: readonly RunEvent[]): Promise<void>;
  /** Ids of runs without a submission that this backend heard of before `startedBefore` (UTC ms) and that have not ended. */
  abandoned(startedBefore: number): Promise<string[]>;

  /** Says that this process still carries these runs. */
  renewLeases(ids: readonly string[]): Promise<void>;
  /** Ids of runs in flight whose process no longer says so. They are this process's from now on: each is handed out once. */
  takeExpired(): Promise<string[]>;

  /** A page of the history, the newest first (by when they began, then by id), from where `cursor` says. */
  list(filter: RunFilter, cursor: string | null, limit: number, whose?: Whose): Promise<RunsReply>;
  /** How many that list has, counted no further than `COUNT_LIMIT`. */
  count(filter: RunFilter, whose?: Whose): Promise<RunCount>;
  /** How verification went, by two conditions. The numbers are kept as runs end, and are those of a recount. */
  coverage(query: CoverageQuery, whose?: Whose): Promise<CoverageTable>;
  /** How long legs and hops took in the newest finished live runs. */
  latency(filter: CoverageFilter, whose?: Whose): Promise<LatencyReply>;

  /** Keeps an ended run of a file as it is. `digest` tells its content: the same again is `already_here`, whatever its id was made here as. */
  importRun(run: Run, digest: string, at: number): Promise<ImportRunReply['result']>;
  /** Makes an ended run the reference chain of its profile, in place of another, or no longer. */
  setReference(id: string, reference: boolean): Promise<'set' | 'in_flight' | 'unknown'>;
  /** The id of the profile's reference run. */
  referenceOf(profileId: string): Promise<string | null>;
  /** Retention passes over the runs of a kept campaign. */
  keepCampaign(campaign: string, kept: boolean): Promise<void>;
  keptCampaigns(): Promise<string[]>;
  /** False if there is no such run. */
  setPinned(id: string, pinned: boolean): Promise<boolean>;
  /** A run in flight is not deleted: it would end nowhere. */
  delete(id: string): Promise<'deleted' | 'in_flight' | 'unknown'>;
  /** Deletes what this backend heard of before `before` (UTC ms), except pinned runs, references, runs of kept campaigns and runs in flight; codes spent before go as well. Returns how many runs. */
  deleteBefore(before: number): Promise<number>;
  /** Removes mask and HMAC of this number from these runs. Returns how many had it. */
  forgetNumber(numberHmac: string, whose?: Whose): Promise<number>;
  /** Whether the schema is the one this version needs; rejects if the store is out of reach. Cheap. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** Milliseconds for which a run is its process's without being renewed; renewed every third of it. */
export const LEASE_MS = 15_000;
