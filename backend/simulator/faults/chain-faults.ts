import type { FaultScenario } from '../scenario.ts';
import { callbacks } from './callbacks.ts';
import { hopToxics } from './hop-toxics.ts';
import { locations } from './locations.ts';
import { loops } from './loops.ts';
import { nearMisses } from './near-misses.ts';
import { operatorErrors } from './operator-errors.ts';
import { pages } from './pages.ts';
import { statuses } from './statuses.ts';
import { unreachableHosts } from './unreachable-hosts.ts';

/** What can go wrong between the authorize request and redirect_uri, and on redirect_uri. */
export const chainFaults: readonly FaultScenario[] = [
  ...locations,
  ...loops,
  ...pages,
  ...statuses,
  ...operatorErrors,
  ...unreachableHosts,
  ...hopToxics,
  ...callbacks,
  ...nearMisses,
];
