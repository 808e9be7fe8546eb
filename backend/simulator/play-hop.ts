import type { Call, Handler } from './call.ts';
import type { OperatorState } from './operator-state.ts';
import { clientReply, errorReply, methodNotAllowed, redirectReply } from './replies.ts';
import type { Answer, HopName, Refusal } from './scenario.ts';
import type { Session } from './sessions.ts';
import { wait } from './wait.ts';

/** What a hop itself has to say: go on, with a cookie or not, unless it refuses or answers something of its own. */
export interface HopResult {
  cookie?: string;
  refuse?: Refusal;
  answer?: Answer;
}

export interface Visit {
  call: Call;
  session: Session;
  operator: OperatorState;
  /** How often this ticket was shown before; only a loop gets beyond 0. */
  earlierVisits: number;
}

const usualNext: Record<HopName, HopName | null> = {
  authorize: 'discovery',
  discovery: 'enrichment',
  pin: 'enrichment',
  enrichment: 'identity',
  identity: 'continue',
  continue: null,
};

/** Every hop after the first: judges the ticket, then plays. */
export function hop(name: HopName, step: (visit: Visit) => HopResult): Handler {
  return (call, operator) => {
    operator.counters.hops += 1;
    if (call.method !== 'GET') return methodNotAllowed('GET');
    const ticket = operator.sessions.find(call.query.get('ticket') ?? '');
    // Without a ticket nobody knows whose browser this is, so there is no client to send it back to.
    if (ticket?.hop !== name) return errorReply(400, 'invalid_request', 'The ticket is missing or unknown');
    const { session, visits } = ticket;
    ticket.visits += 1;
    const spent = visits > 0 && !session.scenario.hops?.[name]?.goTo;
    if (spent || Date.now() >= ticket.expiresAt) {
      const refuse = { error: 'server_error', error_description: 'The ticket was used or has expired' };
      return clientReply(operator.addresses.redirectUri, refuse, session.request);
    }
    return playHop(name, session, call, operator, (visit) => step({ ...visit, earlierVisits: visits }));
  };
}

/** Delay, then the scenario's override, then the hop's own step, then the redirect to the next hop. */
export async function playHop(
  name: HopName,
  session: Session,
  call: Call,
  operator: OperatorState,
  step: (visit: Visit) => HopResult,
): Promise<Answer> {
  const { scenario, request } = session;
  const override = scenario.hops?.[name];
  const { redirectUri } = operator.addresses;
  await wait(override?.slow ? operator.slowHopMs : operator.hopDelayMs, operator.closing);

  if (override?.answer) return override.answer;
  if (override?.refuse) return clientReply(redirectUri, override.refuse, request);
  const result = step({ call, session, operator, earlierVisits: 0 });
  if (result.answer) return result.answer;
  if (result.refuse) return clientReply(redirectUri, result.refuse, request);

  const next = override?.goTo ?? usualNext[name];
  if (!next) return errorReply(500, 'server_error', 'The chain has no next hop');
  const ticket = operator.sessions.ticketFor(session, next);
  return redirectReply(operator.addresses.hop(next, scenario, ticket), result.cookie);
}
