/** Monotonic milliseconds of one chain. */
export interface WalkClock {
  /** Since the chain began: the run's time axis. */
  elapsed(): number;
  /** The same without the time a person was being waited for: what the chain's limit counts. */
  counted(): number;
  paused<T>(wait: () => Promise<T>): Promise<T>;
}

export function startWalkClock(): WalkClock {
  const started = performance.now();
  let waited = 0;
  return {
    elapsed: () => performance.now() - started,
    counted: () => performance.now() - started - waited,
    async paused(wait) {
      const from = performance.now();
      try {
        return await wait();
      } finally {
        waited += performance.now() - from;
      }
    },
  };
}
