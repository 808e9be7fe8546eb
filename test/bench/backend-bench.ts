import { startBench } from '../support/bench.ts';
import { submit, walkScenario } from '../support/node-walker.ts';
import { median } from './median.ts';

const ROUNDS = 60;
const WARM_UP = 10;

/**
 * What the backend adds to a verification: from posting the callback to the last event, less the time its requests to
 * the operator took. One at a time, over real sockets and TLS, runs in memory.
 */
export async function benchBackend(): Promise<Record<string, unknown>> {
  const bench = await startBench();
  const added: number[] = [];
  const whole: number[] = [];
  try {
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      const { created, submission } = await walkScenario(bench, 'match');
      const started = performance.now();
      const { events } = await submit(bench, created.run.id, submission);
      const took = performance.now() - started;
      if (events.at(-1)?.type !== 'ended') throw new Error('The run did not end');
      const upstream = events.reduce(
        (sum, event) => sum + (event.type === 'exchange' ? (event.exchange.durationMs ?? 0) : 0),
        0,
      );
      if (round < WARM_UP) continue;
      whole.push(took);
      added.push(took - upstream);
    }
  } finally {
    await bench.close();
  }
  const p95 = added.toSorted((a, b) => a - b)[Math.floor(added.length * 0.95)] ?? Number.NaN;
  return {
    rounds: ROUNDS,
    wholeMs: round2(median(whole)),
    addedMs: round2(median(added)),
    addedP95Ms: round2(p95),
  };
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
