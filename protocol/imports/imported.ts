import type { Run } from '../run.ts';
import type { ImportProblem } from './import-problem.ts';

/**
 * A run that came from a file. Its origin says so, wherever the run is shown: an imported run is looked at and compared,
 * and never carried on or made again. What it was before stands beside it.
 */
export interface ImportedRun {
  run: Run;
  recordedOrigin: Run['origin'];
}

/** What a file said of itself, for those that say it: enough to write the same bundle again. */
export interface FileFacts {
  toolVersion: string;
  browser: { name: string; version: string };
  exportedAt: number;
  timeZone: string;
  filter: string;
  profileHashes: Record<string, string>;
}

export type Imported =
  | { ok: false; problem: ImportProblem }
  | {
      ok: true;
      format: 'bundle' | 'har';
      runs: ImportedRun[];
      /** Entries that were left out; the others are kept. */
      problems: ImportProblem[];
      /** `import.contains_secret`: the file had values that are masked in what was read. */
      containsSecret: boolean;
      /** Null for a HAR file, whose maker is anyone. */
      file: FileFacts | null;
    };

/** The run as its file has it, to be exported again. */
export function asRecorded({ run, recordedOrigin }: ImportedRun): Run {
  return { ...run, origin: recordedOrigin };
}

export function asImported(run: Run): ImportedRun {
  return { run: { ...run, origin: 'imported' }, recordedOrigin: run.origin };
}
