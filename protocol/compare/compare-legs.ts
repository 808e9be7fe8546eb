import type { Check } from '../check.ts';
import type { Exchange, Leg } from '../leg.ts';
import type { Run } from '../run.ts';
import { type Comparison, differing, type LegDifference } from './comparison.ts';

/** Leg by leg: its outcome, its exchanges in their order, its checks by their names. */
export function compareLegs(reference: Run, run: Run): Comparison['legs'] {
  return reference.legs.flatMap((leg) => {
    const other = run.legs.find(({ name }) => name === leg.name);
    return other ? [{ name: leg.name, differences: compareLeg(leg, other) }] : [];
  });
}

function compareLeg(reference: Leg, run: Leg): LegDifference[] {
  const pairs = Math.min(reference.exchanges.length, run.exchanges.length);
  const names = new Set([...reference.checks, ...run.checks].map(({ name }) => name));
  return [
    ...differing('outcome', reference.outcome, run.outcome),
    ...differing('exchanges', String(reference.exchanges.length), String(run.exchanges.length)),
    ...Array.from({ length: pairs }, (_, at) => at).flatMap((at) =>
      compareExchanges(reference.exchanges[at], run.exchanges[at], String(at + 1)),
    ),
    ...[...names].flatMap((name) => differing('check', resultOf(reference, name), resultOf(run, name), name)),
  ];
}

function compareExchanges(
  reference: Exchange | undefined,
  run: Exchange | undefined,
  name: string,
): LegDifference[] {
  const status = (one: Exchange | undefined) => (one?.response ? String(one.response.status) : null);
  return [
    ...differing('exchange_status', status(reference), status(run), name),
    ...differing('exchange_error', reference?.error?.code ?? null, run?.error?.code ?? null, name),
  ];
}

/** Not its values: they are stand-ins where they differ from run to run. */
function resultOf({ checks }: Leg, name: string): string | null {
  const check = checks.find((one): one is Check => one.name === name);
  if (!check) return null;
  return check.why ? `${check.result} (${check.why})` : check.result;
}
