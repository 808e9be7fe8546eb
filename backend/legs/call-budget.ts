import { inBatches } from '../store/batches.ts';
import type { DoorStore } from '../store/door/door-store.ts';
import { endpointIn } from '../upstream/endpoint-in.ts';
import type { Send, UpstreamAnswer } from '../upstream/send.ts';
import type { ServerProfile } from './provider.ts';

/** How many token and premiuminfo requests a profile may still make on this UTC day: each may cost money. */
export interface CallBudget {
  /** Infinity without a budget. */
  left(profileId: string): Promise<number>;
  /** What sends for this profile from now on: nothing that the budget has no room for. */
  guarded(configured: ServerProfile, send: Send): Send;
  /** Milliseconds until the next UTC day. */
  renewedInMs(): number;
}

const DAY_MS = 86_400_000;

/** The counts are the store's, so that all instances together keep to one budget. */
export function createCallBudget(
  door: Pick<DoorStore, 'takeCalls' | 'callsMade'>,
  profiles: readonly ServerProfile[],
  now: () => number,
): CallBudget {
  const budgets = new Map(
    profiles.flatMap(({ profile, dailyCalls }) =>
      dailyCalls ? [[profile.id, budgetOf(profile.id, dailyCalls, door, now)] as const] : [],
    ),
  );
  return {
    left: async (profileId) => budgets.get(profileId)?.left() ?? Number.POSITIVE_INFINITY,
    guarded({ profile }, send) {
      const budget = budgets.get(profile.id);
      if (!budget) return send;
      const counted = new Set([profile.tokenUrl, profile.resource.url].map(endpointIn));
      return async (request) => {
        if (!counted.has(endpointIn(request.url))) return send(request);
        const isGranted = await budget.take().catch(() => null);
        return isGranted
          ? send(request)
          : notSent(isGranted === null ? 'the count is out of reach' : 'NV_DAILY_CALLS');
      };
    },
    renewedInMs: () => DAY_MS - (now() % DAY_MS),
  };
}

/** Also where nobody could be asked: what cannot be counted is not sent. */
const notSent = (raw: string): UpstreamAnswer => ({
  kind: 'failed',
  fault: { code: 'budget_spent', raw, sent: 'no' },
  durationMs: 0,
});

/** Counted before it is sent, and counted although it may fail: the operator then never sees more than the budget. */
function budgetOf(
  profileId: string,
  limit: number,
  door: Pick<DoorStore, 'takeCalls' | 'callsMade'>,
  now: () => number,
) {
  const today = () => new Date(now()).toISOString().slice(0, 10);
  /** The day on which this process saw that nothing was left. */
  let spentOn = '';
  const take = inBatches<void, boolean>(async (asked) => {
    const day = today();
    const granted = spentOn === day ? 0 : await door.takeCalls(profileId, day, asked.length, limit);
    if (granted < asked.length) spentOn = day;
    return asked.map((_, at) => at < granted);
  });
  const left = inBatches<void, number>(async (asked) => {
    const day = today();
    const made = spentOn === day ? limit : await door.callsMade(profileId, day);
    return asked.map(() => Math.max(0, limit - made));
  });
  return { take: () => take(), left: () => left() };
}
