import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { Metrics } from './metrics.ts';

/** Of a logger, what is used. */
interface Log {
  info(fields: Record<string, unknown>, message: string): void;
}

/**
 * Counts and logs what runs come to, once each: it hears events when they have been committed, which an event is once. No
 * value of a record is logged but the closed lists.
 */
export function watchRuns(
  { runsEnded, legSeconds }: Metrics,
  log: Log,
): (run: Run, events: readonly RunEvent[]) => void {
  return ({ id, origin }, events) => {
    for (const event of events) {
      if (event.type === 'leg' && event.durationMs !== null && event.outcome !== 'running') {
        const { leg, outcome, durationMs } = event;
        legSeconds.observe({ leg, outcome }, durationMs / 1000);
        log.info({ runId: id, leg, outcome, ms: Math.round(durationMs) }, 'leg ended');
      }
      if (event.type === 'ended') {
        const { verdict } = event;
        const failure = event.failure?.code ?? 'none';
        const cause = event.cause?.code ?? 'none';
        runsEnded.inc({ verdict, failure, cause, origin });
        log.info({ runId: id, verdict, failure, cause, origin }, 'run ended');
      }
    }
  };
}
