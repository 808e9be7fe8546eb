import type { CreateRunRequest } from '#protocol/backend-api.ts';
import type { HostRule } from '#protocol/profile.ts';

import type { WalkResult } from '../walker/walk-chain.ts';
import { originsToAsk } from './host-origins.ts';
import type { StartMessage } from './messages.ts';

/**
 * A run that ended because a host was not allowed, and what to start anew when it is. Its authorize URL is too old to go on
 * with by then: an operator's session behind it may have ended, so the chain is walked from the beginning.
 */
export interface LatePermission {
  host: string;
  origins: string[];
  /** Without the number, which is where it is kept for this browser session. */
  start: Omit<StartMessage, 'type' | 'number'>;
  /** UTC ms. Who allows a host later than this does so for the next run. */
  until: number;
}

/** Milliseconds in which a permission still means the run that asked for it. */
const LATE_MS = 10 * 60_000;

/** What to keep of a run whose chain could not go on for want of a permission; null for every other run. */
export function latePermissionOf(
  { chainEnd, failure }: WalkResult,
  hosts: readonly HostRule[],
  create: CreateRunRequest,
  now: number,
): LatePermission | null {
  const isMissing =
    failure?.code === 'authorize.no_host_permission' || failure?.code === 'authorize.permission_revoked';
  const url = isMissing ? URL.parse(chainEnd.url ?? '') : null;
  if (!url || !create.number) return null;
  const { profileId, scenario, expectation, number } = create;
  return {
    host: url.hostname,
    origins: originsToAsk(url, hosts),
    start: {
      profileId,
      scenario,
      expectation,
      capture: create.capture === 'tab' ? 'tab' : 'fetch',
      ...number,
    },
    until: now + LATE_MS,
  };
}
