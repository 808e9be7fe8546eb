import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

import type { RunEvent } from '#protocol/run-events.ts';

/** Milliseconds between comments that keep proxies and sleeping clients from closing a quiet stream. */
const COMMENT_EVERY_MS = 10_000;

/**
 * Answers with the events of a run as Server-Sent Events, numbered by their sequence (HTML Living Standard §9.2). Ends
 * when `stopped` aborts: the run is then carried on by another process, or by the next one.
 */
export function sendRunStream(
  reply: FastifyReply,
  stopped: AbortSignal,
  follow: (signal: AbortSignal) => AsyncGenerator<RunEvent>,
): FastifyReply {
  const left = new AbortController();
  const stream = Readable.from(asServerSentEvents(follow(AbortSignal.any([left.signal, stopped]))), {
    objectMode: false,
  });
  const comments = setInterval(() => reply.raw.write(': still here\n\n'), COMMENT_EVERY_MS);
  // The client may go; the run does not end for it.
  reply.raw.once('close', () => {
    clearInterval(comments);
    left.abort();
  });
  return reply.header('content-type', 'text/event-stream').send(stream);
}

async function* asServerSentEvents(events: AsyncGenerator<RunEvent>): AsyncGenerator<string> {
  try {
    for await (const event of events) {
      yield `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  }
}
