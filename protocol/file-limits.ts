/*
 * How much one file carries. What is exported can be imported again, so both sides read the same lines: two thousand runs are
 * 35 MB as a bundle and 70 MB as HAR, with a chain of six hops.
 */

/** Runs of one file. */
export const MOST_RUNS = 2000;

/** One run of a file, as JSON: a long chain with all its headers and bodies. */
export const MOST_RUN_BYTES = 4 * 1024 * 1024;

/** Above this a file is refused by its size, before anything reads it. */
export const MOST_FILE_BYTES = 100_000_000;

/** Whether a file of so many bytes is refused unread; ask before reading it, and before offering it. */
export function isTooLarge(bytes: number): boolean {
  return bytes > MOST_FILE_BYTES;
}
