import * as z from 'zod/mini';

import { Check } from './check.ts';
import { Cause } from './diagnosis/cause.ts';
import { Failure } from './failure.ts';
import { ChainEnd, Hop } from './hop.ts';
import { Exchange, type Leg, LegName, LegOutcome } from './leg.ts';
import { HashForm } from './profile.ts';
import { Phase, Run, Verdict } from './run.ts';
import { legOf } from './run-reading.ts';

const stamp = { sequence: z.int(), at: z.int() };

/** What the backend says of a run as it happens. The run record is the fold of these, on both sides. */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({ ...stamp, type: z.literal('created'), run: Run }),
  z.object({ ...stamp, type: z.literal('phase'), phase: Phase }),
  z.object({ ...stamp, type: z.literal('chain'), hops: z.array(Hop), chainEnd: ChainEnd }),
  z.object({
    ...stamp,
    type: z.literal('leg'),
    leg: LegName,
    outcome: LegOutcome,
    startedAtMs: z.nullable(z.number()),
    durationMs: z.nullable(z.number()),
  }),
  z.object({ ...stamp, type: z.literal('exchange'), leg: LegName, exchange: Exchange }),
  z.object({ ...stamp, type: z.literal('checks'), leg: LegName, checks: z.array(Check) }),
  z.object({
    ...stamp,
    type: z.literal('ended'),
    verdict: Verdict,
    failure: z.nullable(Failure),
    cause: z.nullable(Cause),
  }),
  /** After the end: leg 3 once more with the other form of the number. */
  z.object({
    ...stamp,
    type: z.literal('hash_doctor'),
    form: HashForm,
    verified: z.nullable(z.boolean()),
    cause: z.nullable(Cause),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

/** An event before its sequence number and time are known. */
export type NewRunEvent = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, 'sequence' | 'at'>
    : never
  : never;

/** Folds one event into the run. Pure; an event already folded in (by its sequence) changes nothing. */
export function applyRunEvent(run: Run, event: RunEvent): Run {
  if (run.events.some((seen) => seen.sequence === event.sequence)) return run;
  const logged = {
    sequence: event.sequence,
    at: event.at,
    type: event.type,
    leg: 'leg' in event ? event.leg : null,
  };
  return { ...change(run, event), events: [...run.events, logged] };
}

function change(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case 'created':
      return { ...event.run, events: run.events };
    case 'phase':
      return { ...run, phase: event.phase };
    case 'chain':
      return { ...run, hops: event.hops, chainEnd: event.chainEnd };
    case 'leg':
      return withLeg(run, event.leg, (leg) => ({
        ...leg,
        outcome: event.outcome,
        startedAtMs: event.startedAtMs ?? leg.startedAtMs,
        durationMs: event.durationMs ?? leg.durationMs,
      }));
    case 'exchange':
      return withLeg(run, event.leg, (leg) => ({ ...leg, exchanges: [...leg.exchanges, event.exchange] }));
    case 'checks':
      return withLeg(run, event.leg, (leg) => ({ ...leg, checks: [...leg.checks, ...event.checks] }));
    case 'ended':
      return {
        ...run,
        phase: 'ended',
        verdict: event.verdict,
        failure: event.failure,
        cause: event.cause,
        endedAt: event.at,
      };
    case 'hash_doctor':
      return {
        ...run,
        cause: event.cause,
        hashDoctor: { form: event.form, verified: event.verified, at: event.at },
      };
  }
}

function withLeg(run: Run, name: LegName, edit: (leg: Leg) => Leg): Run {
  const edited = edit(legOf(run, name));
  return { ...run, legs: run.legs.map((leg) => (leg.name === name ? edited : leg)) };
}
