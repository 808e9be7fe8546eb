export type Outcome = { value: unknown } | { error: unknown };

/** So many at once at most: while the others prepare their next write, this one has one to do. */
const LARGEST = 64;

/**
 * Runs writes so that those which come while one commit is under way share the next one. Each is answered after its
 * commit, never before. `commit` does a batch, one at a time, and says what became of each.
 */
export function createBatches<W>(
  commit: (jobs: readonly W[]) => Promise<Outcome[]>,
): <T>(work: W) => Promise<T> {
  const waiting: { work: W; resolve(value: unknown): void; reject(error: unknown): void }[] = [];
  let busy = false;

  const commitNext = async () => {
    const jobs = waiting.splice(0, LARGEST);
    const outcomes = await commit(jobs.map(({ work }) => work));
    jobs.forEach((job, at) => {
      const outcome = outcomes[at];
      if (outcome && 'value' in outcome) job.resolve(outcome.value);
      else job.reject(outcome?.error);
    });
    busy = false;
    wake();
  };
  const wake = () => {
    if (busy || waiting.length === 0) return;
    busy = true;
    // After the messages that have arrived meanwhile.
    setImmediate(() => void commitNext());
  };
  return <T>(work: W) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      wake();
    });
}
