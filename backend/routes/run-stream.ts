import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

import type { RunEvent } from '#protocol/run-events.ts';

/** Milliseconds between comments that keep proxies and sleeping clients from closing a quiet stream. */
const COMMENT_EVERY_MS = 10_000;

/**
 * Answers with the events of a run as Server-Sent Events, numbered by their sequence (HTML Living Standard §9.2). Ends
 * when `stopped` aborts: the run is then carried on by another process, or by the next one. `listening` is called once
 * nothing that is published is missed any more.
 */
export async function sendRunStream(
  reply: FastifyReply,
  stopped: AbortSignal,
  follow: (signal: AbortSignal) => AsyncGenerator<RunEvent>,
  listening: () => void = () => undefined,
): Promise<FastifyReply> {
  const left = new AbortController();
  const events = follow(AbortSignal.any([left.signal, stopped]));
  let comments: NodeJS.Timeout | undefined;
  // The client may go, also before anything was sent; the run does not end for it.
  reply.raw.once('close', () => {
    clearInterval(comments);
    left.abort();
  });
  // Before anything is promised: a store that does not answer is a refusal like any other.
  const first = await events.next().finally(listening);
  const stream = Readable.from(asServerSentEvents(first, events), { objectMode: false });
  if (!left.signal.aborted)
    comments = setInterval(() => reply.raw.write(': still here\n\n'), COMMENT_EVERY_MS);
  return reply.header('content-type', 'text/event-stream').send(stream);
}

async function* asServerSentEvents(
  first: IteratorResult<RunEvent>,
  rest: AsyncGenerator<RunEvent>,
): AsyncGenerator<string> {
  try {
    if (!first.done) yield asText(first.value);
    for await (const event of rest) yield asText(event);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  }
}

const asText = (event: RunEvent) =>
  `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
