import type { Generated } from 'kysely';

/**
 * The schema both databases have. What happened stands in `run_events`; every column of `runs` but the digests, the
 * lease and the pin is computed from it, so that lists and filters need not read it.
 */
export interface Tables {
  runs: RunRow;
  run_events: { run_no: number; sequence: number; event: string };
  spent_codes: { profile_id: string; code_digest: string; spent_at: number };
  /** SQLite only: the index behind the search for words. */
  run_text: { rowid: number; run_text: string };
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
  request_digest: string;
  submission_digest: string | null;
  hash_doctor_digest: string | null;
  /** The process that carries the run, and until when (UTC ms) without saying so again. */
  instance: string | null;
  lease_until: Generated<number>;
  search_text: string;
}
