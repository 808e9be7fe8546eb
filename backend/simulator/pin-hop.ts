import { hop } from './play-hop.ts';

/**
 * The mistake that breaks enrichment for good: the host that needs plain http answers one TLS request with HSTS
 * (RFC 6797 §8.1), and from then on the browser rewrites http to https by itself. It is a host of its own, so
 * that the pin, which outlives the run in the browser, spoils no other scenario.
 */
export const pinHop = hop('pin', ({ call, session, operator }) => {
  const ticket = operator.sessions.ticketFor(session, 'enrichment');
  return {
    answer: {
      status: 302,
      headers: {
        location: operator.addresses.hop('enrichment', session.scenario, ticket),
        ...(call.overTls ? { 'strict-transport-security': 'max-age=86400' } : {}),
      },
    },
  };
});
