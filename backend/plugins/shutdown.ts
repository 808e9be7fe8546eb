import type { FastifyInstance } from 'fastify';

import { Refusal } from './failure-replies.ts';
import { isProbe } from './probes.ts';

/** How a backend ends: nobody new is let in, and who is in has a while to come to an end. */
export interface Shutdown {
  readonly begun: boolean;
  /** Milliseconds until the while is over; all of them while it has not begun. */
  leftMs(): number;
  /** Aborts when it is over: streams end then, and what was not brought to its end is left to its lease. */
  readonly over: AbortSignal;
}

/** Below the ten seconds after which containers are killed, with something left for the last commits. */
export const GRACE_MS = 8000;

/**
 * The server stops accepting with `close`. On connections that are open by then, who asks for something new is told to
 * ask elsewhere, what was asked before is answered, and no connection outlives its answer.
 */
export function addShutdown(app: FastifyInstance, graceMs = GRACE_MS): Shutdown {
  const over = new AbortController();
  let begunAt: number | null = null;
  const leftMs = () => (begunAt === null ? graceMs : Math.max(0, begunAt + graceMs - performance.now()));

  app.addHook('preClose', async () => {
    begunAt = performance.now();
    const timer = setTimeout(() => {
      over.abort();
      // A stream ends with a last chunk, which has to be written first; who does not read it does not hold us up.
      setTimeout(() => app.server.closeAllConnections(), 250).unref();
    }, graceMs);
    app.server.once('close', () => clearTimeout(timer));
  });
  app.addHook('onRequest', async (request) => {
    if (begunAt === null || isProbe(request)) return;
    throw new Refusal(
      'api.shutting_down',
      'This backend is being stopped. Send the request again in a moment.',
    );
  });
  app.addHook('onSend', async (_request, reply) => {
    if (begunAt !== null) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async () => {
    // A stream said that its connection stays, when it began.
    if (begunAt !== null) setImmediate(() => app.server.closeIdleConnections());
  });
  return {
    get begun() {
      return begunAt !== null;
    },
    leftMs,
    over: over.signal,
  };
}
