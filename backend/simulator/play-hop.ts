import type { Call, Handler } from './call.ts';
import { fillAnswer } from './fill-answer.ts';
import type { OperatorState } from './operator-state.ts';
import { clientReply, errorReply, methodNotAllowed, redirectReply } from './replies.ts';
import type { Answer, HopName, Refusal } from './scenario.ts';
import type { Session } from './sessions.ts';
import { type Sent, through } from './toxic.ts';
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

export type Step = (visit: Visit) => HopResult;

const usualNext: Record<HopName, HopName | null> = {
  authorize: 'discovery',
  discovery: 'enrichment',
  pin: 'enrichment',
  enrichment: 'identity',
  detour: 'identity',
  identity: 'continue',
  continue: null,
};

/** Every hop after the first: judges the ticket, then plays. Whom `admit` refuses, no scenario answers otherwise. */
export function hop(
  name: HopName,
  step: Step,
  admit: (visit: Visit) => Refusal | null = () => null,
): Handler {
  return (call, operator) => {
    operator.counters.hops += 1;
    if (call.method !== 'GET') return methodNotAllowed('GET');
    const ticket = operator.sessions.find(call.query.get('ticket') ?? '');
    // Without a ticket nobody knows whose browser this is, so there is no client to send it back to.
    if (ticket?.hop !== name) return errorReply(400, 'invalid_request', 'The ticket is missing or unknown');
    const { session, visits: earlierVisits } = ticket;
    ticket.visits += 1;
    const { redirectUri } = operator.addresses;
    const override = session.scenario.hops?.[name];
    // A browser asks again where a connection broke, and that is no second use.
    const mayReturn = override?.goTo ?? override?.answer ?? override?.toxic;
    const spent = earlierVisits > 0 && !mayReturn;
    if (spent || Date.now() >= ticket.expiresAt) {
      const refuse = { error: 'server_error', error_description: 'The ticket was used or has expired' };
      return clientReply(redirectUri, refuse, session.request);
    }
    const visit = { call, session, operator, earlierVisits };
    const refuse = admit(visit);
    return refuse ? clientReply(redirectUri, refuse, session.request) : playHop(name, visit, step);
  };
}

/** Delay, then the scenario's override, then the hop's own step, then the redirect to the next hop. */
export async function playHop(name: HopName, visit: Visit, step: Step): Promise<Sent> {
  const { session, operator } = visit;
  const override = session.scenario.hops?.[name];
  await wait(override?.slow ? operator.slowHopMs : operator.hopDelayMs, operator.closing);
  return through(override?.toxic, answerOf(name, visit, step));
}

function answerOf(name: HopName, visit: Visit, step: Step): Answer {
  const { session, operator, earlierVisits } = visit;
  const { scenario, request } = session;
  const override = scenario.hops?.[name];
  const { redirectUri } = operator.addresses;
  const nextName = override?.goTo ?? usualNext[name];
  const next = nextName
    ? operator.addresses.hop(nextName, scenario, operator.sessions.ticketFor(session, nextName))
    : redirectUri;

  if (override?.answer && earlierVisits < (override.times ?? Number.POSITIVE_INFINITY)) {
    return fillAnswer(override.answer, { ...visit, next });
  }
  if (override?.refuse) return clientReply(redirectUri, override.refuse, request);
  const { answer, refuse, cookie } = step(visit);
  if (answer) return answer;
  if (refuse) return clientReply(redirectUri, refuse, request);
  return nextName
    ? redirectReply(next, cookie)
    : errorReply(500, 'server_error', 'The chain has no next hop');
}
