import type { OperatorState } from './operator-state.ts';
import type { Session } from './sessions.ts';

/** A code for what the network saw in this chain; null where it saw nobody. */
export function issueCode(
  { scenario, subscriber, request }: Session,
  operator: OperatorState,
): string | null {
  if (!subscriber) return null;
  operator.backDoor.shutFor(scenario.token);
  return operator.grants.issueCode({
    scenario,
    subscriber,
    request,
    clientId: operator.client.id,
    redirectUri: operator.addresses.redirectUri,
  });
}
