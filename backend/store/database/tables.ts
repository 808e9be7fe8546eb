import type { Generated } from 'kysely';

import type { Counter, DimensionColumn } from './cell-columns.ts';

/**
 * The schema both databases have. What happened stands in `run_events`; every column of `runs` but the digests, the
 * lease, pin and reference is computed from it, so that lists and filters need not read it. `cells` is computed from `runs`.
 */
export interface Tables {
  runs: RunRow;
  /** Events that were added together, as a JSON array, under the sequence of the first. */
  run_events: { run_no: number; sequence: number; events: string };
  cells: CellRow;
  kept_campaigns: { campaign: string };
  spent_codes: { profile_id: string; code_digest: string; spent_at: number };
  /** SQLite only: the index behind the search for words. */
  run_text: { rowid: number; run_text: string };
  /** SQLite only: what is to be put into it before the transaction ends. */
  text_due: { run_no: number };
}

export interface RunRow {
  run_no: Generated<number>;
  id: string;
  owner_id: string;
  correlation_id: string;
  schema_version: number;
  /** UTC milliseconds: when this backend heard of the run, and when it began on the browser's clock. */
  received_at: number;
  started_at: number;
  utc_offset_minutes: number;
  local_day: string;
  profile_id: string;
  profile_name: string;
  capture: string;
  origin: string;
  scenario: string | null;
  mask: string | null;
  number_hmac: string | null;
  operator: string | null;
  bearer: string | null;
  sharing: string | null;
  roaming: string | null;
  vpn: string | null;
  device: string | null;
  browser: string | null;
  place: string | null;
  campaign: string | null;
  /** JSON: an array of texts, or null. */
  tags: string | null;
  expectation: string;
  expected: string | null;
  phase: string;
  verdict: string | null;
  failure: string | null;
  leg: string | null;
  cause: string | null;
  hops: number;
  duration_ms: number | null;
  /** 0 or 1. */
  pinned: Generated<number>;
  reference: Generated<number>;
  /** UTC milliseconds; null for a run that was made here. */
  imported_at: number | null;
  /** Of the content that the file had. */
  import_digest: string | null;
  /** The cell that counts it; null until the run has ended. */
  cell_no: number | null;
  /** JSON: what latencies are made of; null unless the run is live and finished. */
  timings: string | null;
  request_digest: string;
  submission_digest: string | null;
  hash_doctor_digest: string | null;
  /** The process that carries the run, and until when (UTC ms) without saying so again. */
  instance: string | null;
  lease_until: Generated<number>;
  search_text: string;
  /** Another one with every change of the events: whether what was made of them is still true. */
  revision: string;
}

export type CellRow = {
  cell_no: Generated<number>;
  /** Of the last change: counts up in SQLite; in PostgreSQL the number of the transaction. */
  stamp: number;
  /** Null once it is empty. */
  cell_key: string | null;
  /** No run of the cell began before or after; there need not be one that began just then. */
  first_at: number | null;
  newest_at: number | null;
  /** The newest finished live run: when it began, which it was, and how it went. */
  last_at: number | null;
  last_id: string | null;
  last_verdict: string | null;
  last_leg: string | null;
  last_expected: number | null;
} & Record<DimensionColumn, string | null> &
  Record<Counter, Generated<number>>;
