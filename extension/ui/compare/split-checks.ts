import type { LegDifference } from '#protocol/compare/comparison.ts';

interface Split {
  telling: LegDifference[];
  /** Checks that were made in one run alone, where they are many. */
  onlyReference: LegDifference[];
  onlyRun: LegDifference[];
}

/** As many checks of one run alone are no list to read: a leg that was not run lacks every one of them. */
const MANY = 3;

export function splitChecks(differences: readonly LegDifference[]): Split {
  const missing = (side: 'reference' | 'run') =>
    differences.filter((one) => one.what === 'check' && one[side] === null);
  const folded = (checks: LegDifference[]) => (checks.length < MANY ? [] : checks);
  const [onlyReference, onlyRun] = [folded(missing('run')), folded(missing('reference'))];
  const away = new Set([...onlyReference, ...onlyRun]);
  return { telling: differences.filter((one) => !away.has(one)), onlyReference, onlyRun };
}
