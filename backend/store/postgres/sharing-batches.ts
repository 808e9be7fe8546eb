import { createBatches, type Outcome } from '../batches.ts';
import { storageFaultOf } from './postgres-faults.ts';

/**
 * Writes of which those that come while one statement is under way share the next. `write` does them and says of which it
 * did what was asked. Of several about the same thing in one batch only the first is tried: the others are told that it
 * was not to be done, as if they had come long after. A mistake in one is not another's: each is then tried alone.
 */
export function sharing<J>(
  keyOf: (job: J) => string,
  write: (jobs: readonly J[]) => Promise<(job: J) => boolean>,
): (job: J) => Promise<boolean> {
  const writeFirsts = async (jobs: readonly J[]): Promise<Outcome[]> => {
    const firsts = new Map<string, J>();
    for (const job of jobs) if (!firsts.has(keyOf(job))) firsts.set(keyOf(job), job);
    const isDone = await write([...firsts.values()]);
    return jobs.map((job) => ({ value: firsts.get(keyOf(job)) === job && isDone(job) }));
  };
  const batch = createBatches<J>(async (jobs) => {
    try {
      return await writeFirsts(jobs);
    } catch (error) {
      if (jobs.length === 1 || storageFaultOf(error)) return jobs.map(() => ({ error }));
      const alone = await Promise.allSettled(jobs.map((job) => writeFirsts([job])));
      return alone.map((one) =>
        one.status === 'fulfilled' ? (one.value[0] as Outcome) : { error: one.reason },
      );
    }
  });
  return (job) => batch<boolean>(job);
}
