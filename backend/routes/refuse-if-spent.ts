import type { CallBudget } from '../legs/call-budget.ts';
import { Refusal } from '../plugins/failure-replies.ts';

/** Refuses what would end without an answer, before anybody walks a chain for it; not what was accepted before. */
export async function refuseIfSpent(
  budget: CallBudget,
  profileId: string,
  needed: number,
  isKnown: () => Promise<boolean> = async () => false,
): Promise<void> {
  if ((await budget.left(profileId)) >= needed || (await isKnown())) return;
  const ms = budget.renewedInMs();
  throw new Refusal(
    'api.budget_spent',
    `The calls that this backend may make to the operator in one day are used up for this profile. It may again from 00:00 UTC on, in ${inWords(ms)}; who runs it can raise NV_DAILY_CALLS.`,
    Math.max(1, Math.ceil(ms / 1000)),
  );
}

function inWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
