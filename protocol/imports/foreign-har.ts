import { MOST_RUNS } from '../file-limits.ts';
import { chainsOf } from './foreign-chains.ts';
import { readForeignEntry } from './foreign-entry.ts';
import { foreignRun } from './foreign-run.ts';
import { problemOf } from './import-problem.ts';
import type { Imported } from './imported.ts';

/** A recording by a browser or a proxy: a run for every redirect chain in it; without one it is not what we read. */
export function readForeignHar(entries: readonly unknown[]): Imported {
  const read = entries.map(readForeignEntry);
  const problems = read.flatMap((one) => (one.ok ? [] : [one.problem]));
  const chains = chainsOf(read.flatMap((one) => (one.ok && one.entry ? [one.entry] : [])));
  if (chains.length === 0 && problems.length === 0) {
    return {
      ok: false,
      problem: problemOf('import.wrong_format', { field: 'log.entries', found: 'no_redirects' }),
    };
  }
  if (chains.length > MOST_RUNS) {
    return { ok: false, problem: problemOf('import.too_many_entries', { field: 'log.entries' }) };
  }
  const runs = chains.map(foreignRun);
  return {
    ok: true,
    format: 'har',
    runs: runs.map(({ run }) => ({ run, recordedOrigin: run.origin })),
    problems,
    containsSecret: runs.some(({ containsSecret }) => containsSecret),
    file: null,
  };
}
