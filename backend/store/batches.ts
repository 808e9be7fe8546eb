export type Outcome = { value: unknown } | { error: unknown };

/** Most that share a batch: larger ones do not cost less for each, and the first of one waits for the last. */
const LARGEST = 64;

/**
 * Runs work so that what comes while one batch is under way shares the next one. Each is answered after its batch, never
 * before. `commit` does a batch, one at a time, and says what became of each; what it rejects with became of all.
 */
export function createBatches<W>(
  commit: (jobs: readonly W[]) => Promise<Outcome[]>,
  largest = LARGEST,
): <T>(work: W) => Promise<T> {
  const waiting: { work: W; resolve(value: unknown): void; reject(error: unknown): void }[] = [];
  let busy = false;

  const commitNext = async () => {
    const jobs = waiting.splice(0, largest);
    const outcomes = await commit(jobs.map(({ work }) => work)).catch((error) => jobs.map(() => ({ error })));
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

/** The same for questions: `answerAll` gets at least one, and returns as many answers or none at all. */
export function inBatches<Q, A>(
  answerAll: (questions: readonly Q[]) => Promise<readonly A[]>,
  largest = Number.POSITIVE_INFINITY,
): (question: Q) => Promise<A> {
  return createBatches<Q>(
    async (questions) => (await answerAll(questions)).map((value) => ({ value })),
    largest,
  );
}
