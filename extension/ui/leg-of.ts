import type { Leg, LegName } from '#protocol/leg.ts';
import type { Run } from '#protocol/run.ts';

/** The named leg, or undefined in a record that lacks it. */
export function legOfName(run: Run, name: LegName): Leg | undefined {
  return run.legs.find((leg) => leg.name === name);
}
