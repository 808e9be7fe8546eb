import type { AttackedBackend } from './attack-backend.ts';
import { HEALTHY } from './attack-backend.ts';

/** How the backend does for others while something happens: milliseconds, and megabytes above where it began. */
export interface Watched<T> {
  result: T;
  tookMs: number;
  rssGrowth: number;
  healthzP99: number;
  runP99: number;
}

const LOOK_EVERY_MS = 20;

/** Asks /healthz and plays healthy runs, each one after the other, for as long as `act` takes. */
export async function watch<T>(backend: AttackedBackend, act: () => Promise<T>): Promise<Watched<T>> {
  const before = backend.rss();
  let highest = before;
  let over = false;
  const healthz = repeat(async () => {
    highest = Math.max(highest, backend.rss());
    await (await fetch(`${backend.url}/healthz`)).text();
  });
  const runs = repeat(async () => {
    const { verdict } = await backend.run(HEALTHY);
    if (verdict !== 'match') throw new Error(`A healthy run ended ${verdict}`);
  });
  async function repeat(once: () => Promise<void>): Promise<number[]> {
    const took: number[] = [];
    while (!over) {
      const started = performance.now();
      await once();
      took.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return took;
  }
  const started = performance.now();
  try {
    const result = await act();
    const tookMs = performance.now() - started;
    // Long enough for a percentile, and for what an attack leaves behind.
    await new Promise((resolve) => setTimeout(resolve, Math.max(500, 2000 - tookMs)));
    over = true;
    return {
      result,
      tookMs,
      rssGrowth: highest - before,
      healthzP99: p99(await healthz),
      runP99: p99(await runs),
    };
  } finally {
    over = true;
  }
}

function p99(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;
}
