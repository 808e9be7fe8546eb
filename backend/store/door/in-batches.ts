interface Asked<Q, A> {
  question: Q;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

/**
 * One statement at a time, and the next one is for all who came meanwhile: a thousand at once are a handful of
 * statements. `answerAll` gets at least one question and returns as many answers.
 */
export function inBatches<Q, A>(answerAll: (questions: Q[]) => Promise<A[]>): (question: Q) => Promise<A> {
  let waiting: Asked<Q, A>[] = [];
  let isAsking = false;

  const askAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const answers = await answerAll(batch.map(({ question }) => question));
        for (const [at, { resolve }] of batch.entries()) resolve(answers[at] as A);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isAsking = false;
  };
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (isAsking) return;
      isAsking = true;
      // Not at once: who asks in the same turn is in the first batch.
      queueMicrotask(() => void askAll());
    });
}
