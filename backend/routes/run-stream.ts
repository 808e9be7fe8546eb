import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

import type { RunEvent } from '#protocol/run-events.ts';

/** Milliseconds between comments that keep proxies and sleeping clients from closing a quiet stream. */
export const COMMENT_EVERY_MS = 10_000;

/**
 * Answers with the events of a run as Server-Sent Events, numbered by their sequence (HTML Living Standard §9.2). Ends
 * when `stopped` aborts: the run is then carried on by another process, or by the next one.
 */
export async function sendRunStream(
  reply: FastifyReply,
  stopped: AbortSignal,
  follow: (signal: AbortSignal) => AsyncGenerator<readonly RunEvent[]>,
): Promise<FastifyReply> {
  const over = new AbortController();
  // With a reason of its own: without one, each would make an error with a stack.
  const end = () => over.abort('over');
  stopped.addEventListener('abort', end);
  if (stopped.aborted) end();
  let comments: NodeJS.Timeout | undefined;
  // The client may go, also before anything was sent, or before it came to this; the run does not end for it.
  const left = () => {
    clearInterval(comments);
    stopped.removeEventListener('abort', end);
    end();
  };
  if (reply.raw.destroyed) left();
  else reply.raw.once('close', left);
  const events = follow(over.signal);
  // Before anything is promised: a store that does not answer is a refusal like any other.
  const first = await events.next();
  // Nothing waits for the client: a run has few events, and they are in memory anyway.
  const stream = new Readable({ read: () => undefined });
  void pour(first, events, stream);
  if (!over.signal.aborted)
    comments = setInterval(() => reply.raw.write(': still here\n\n'), COMMENT_EVERY_MS);
  return reply.header('content-type', 'text/event-stream').send(stream);
}

async function pour(
  first: IteratorResult<readonly RunEvent[]>,
  rest: AsyncGenerator<readonly RunEvent[]>,
  stream: Readable,
): Promise<void> {
  try {
    if (!first.done) stream.push(first.value.map(asText).join(''));
    for await (const events of rest) stream.push(events.map(asText).join(''));
    stream.push(null);
  } catch (error) {
    stream.destroy(error as Error);
  }
}

const asText = (event: RunEvent) =>
  `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
