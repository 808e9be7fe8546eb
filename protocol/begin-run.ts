import type { Leg } from './leg.ts';
import { type Run, SCHEMA_VERSION } from './run.ts';

/** What is known of a run before anything has happened in it. */
type Told = Pick<
  Run,
  | ('id' | 'ownerId' | 'profile' | 'capture' | 'origin' | 'scenario' | 'number' | 'correlationId')
  | ('startedAt' | 'utcOffsetMinutes' | 'localDay' | 'conditions' | 'expectation' | 'cleanStart')
>;

/** The record of a run that has just begun to walk; `later` is what stands for the legs after it. */
export function beginRun(told: Told, later: 'waiting' | 'not_run' = 'waiting'): Run {
  return {
    schemaVersion: SCHEMA_VERSION,
    ...told,
    phase: 'authorizing',
    hops: [],
    chainEnd: null,
    legs: [
      { ...BLANK, name: 'authorize', outcome: 'running', startedAtMs: 0 },
      { ...BLANK, name: 'token', outcome: later },
      { ...BLANK, name: 'premiuminfo', outcome: later },
    ],
    failure: null,
    cause: null,
    verdict: null,
    endedAt: null,
    hashDoctor: null,
    events: [],
  };
}

const BLANK: Omit<Leg, 'name' | 'outcome'> = {
  startedAtMs: null,
  durationMs: null,
  exchanges: [],
  checks: [],
};
