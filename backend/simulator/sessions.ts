import { randomBytes } from 'node:crypto';
import { createExpiringMap } from './expiring-map.ts';
import type { HopName, Scenario } from './scenario.ts';
import type { Subscriber } from './subscribers.ts';

/** What the client asked for, as far as later steps need it. */
export interface AuthorizeRequest {
  state: string;
  nonce: string;
  scope: string[];
  prompt: string | undefined;
  correlationId: string | undefined;
  codeChallenge: string | undefined;
}

/** One browser on its way through the chain. */
export interface Session {
  scenario: Scenario;
  request: AuthorizeRequest;
  /** Values of the cookies each host gave this browser. */
  cookies: { gateway: string; discovery?: string };
  subscriber: Subscriber | null;
  tickets: Partial<Record<HopName, string>>;
}

export interface Ticket {
  hop: HopName;
  session: Session;
  visits: number;
  expiresAt: number;
}

export interface Sessions {
  /** The session's ticket for a hop. Asking again gives the same one, which is how a loop repeats its URLs. */
  ticketFor(session: Session, hop: HopName): string;
  find(ticket: string): Ticket | undefined;
  /** Tickets, cookies, and what the client made up to recognise its own: state and nonce. */
  issued(): string[];
}

/** Long enough for a person to answer the browser's permission prompt between two hops. */
const ticketLifeMs = 5 * 60_000;
/** Kept longer than valid, so that a late or second visit is told from a made-up ticket. */
const memoryMs = 10 * 60_000;

export function createSessions(): Sessions {
  const tickets = createExpiringMap<Ticket>(memoryMs);
  return {
    ticketFor(session, hop) {
      const known = session.tickets[hop];
      if (known) return known;
      const value = opaqueValue();
      session.tickets[hop] = value;
      tickets.set(value, { hop, session, visits: 0, expiresAt: Date.now() + ticketLifeMs });
      return value;
    },
    find: (ticket) => tickets.get(ticket),
    issued: () =>
      tickets.entries().flatMap(([value, { session }]) => {
        const { state, nonce } = session.request;
        return [value, state, nonce, ...Object.values(session.cookies)];
      }),
  };
}

export function opaqueValue(): string {
  return randomBytes(32).toString('base64url');
}
