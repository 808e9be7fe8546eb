import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import { inBatches } from '../store/batches.ts';
import type { DoorStore } from '../store/door/door-store.ts';

/** Milliseconds that a call waits for its count. A store that takes longer is in trouble and refuses what it has to. */
const PATIENCE_MS = 1000;

type Counted = { current: number; ttl: number };

/**
 * Counts that all instances share. A window is a whole minute of the clock and part of the counter's name, so that nobody
 * has to reset anything. Who is over a limit is so until the window ends, without another question.
 */
export function sharedCounts(
  { addHits }: Pick<DoorStore, 'addHits'>,
  now: () => number,
): FastifyRateLimitStoreCtor {
  const over = new Map<string, Counted & { endsAt: number }>();
  const add = inBatches<{ key: string; endsAt: number }, number>(async (asked) => {
    const hits = new Map<string, { key: string; hits: number; endsAt: number }>();
    for (const { key, endsAt } of asked) hits.set(key, { key, endsAt, hits: (hits.get(key)?.hits ?? 0) + 1 });
    const totals = await addHits([...hits.values()]);
    // Each of a batch has a number of its own, up to what all have come to.
    const reached = new Map([...hits].map(([key, one]) => [key, (totals.get(key) ?? 0) - one.hits]));
    return asked.map(({ key }) => {
      const number = (reached.get(key) ?? 0) + 1;
      reached.set(key, number);
      return number;
    });
  });
  const windowOf = (key: string, span: number) => {
    const endsAt = (Math.floor(now() / span) + 1) * span;
    return { name: `${key} ${endsAt}`, endsAt, ttl: endsAt - now() };
  };
  const count = async (key: string, span: number, max: number): Promise<Counted> => {
    const { name, endsAt, ttl } = windowOf(key, span);
    const known = over.get(name);
    if (known) return { ...known, ttl };
    const current = await soon(add({ key: name, endsAt }));
    if (current > max) {
      for (const [other, one] of over) if (one.endsAt <= now()) over.delete(other);
      over.set(name, { current, ttl, endsAt });
    }
    return { current, ttl };
  };

  return class implements FastifyRateLimitStore {
    incr(...[key, answer, span = 60_000, max = 0]: Parameters<FastifyRateLimitStore['incr']>): void {
      count(key, span, max).then(
        (counted) => answer(null, counted),
        (error) => answer(error),
      );
    }
    /** Without counting; the library asks for it where it is told not to. */
    read(...[key, answer, span = 60_000]: Parameters<FastifyRateLimitStore['incr']>): void {
      const { name, ttl } = windowOf(key, span);
      answer(null, { current: over.get(name)?.current ?? 0, ttl });
    }
    child(): FastifyRateLimitStore {
      return this;
    }
  };
}

/** Rejects where it takes too long. */
function soon<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the count is late')), PATIENCE_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
