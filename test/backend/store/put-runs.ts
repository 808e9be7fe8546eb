/** Runs put into a store, for tests of what becomes of them. */
import type { RunStore } from '../../../backend/store/run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { created, profile } from './contract.ts';

/** Puts so many runs in at once, each with so many characters of its own; returns their ids. */
export async function putRuns(store: RunStore, count = 1, size = 0): Promise<string[]> {
  const place = { value: 'x'.repeat(size), basis: 'stated' as const, at: 1 };
  const runs = Array.from({ length: count }, () => ({ ...runOf(profile), conditions: { place } }));
  await Promise.all(runs.map((run) => store.create(run, created(run), 'digest')));
  return runs.map(({ id }) => id);
}
