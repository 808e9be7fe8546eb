import { createParser } from 'eventsource-parser';

import { RunEvent } from '#protocol/run-events.ts';

import { BackendProblem } from './backend-problem.ts';

/** Milliseconds of silence after which a stream is lost: the backend says something at least every ten seconds. */
const SILENCE_MS = 30_000;

/** The body of an answer that is a stream of events. */
export function asStream({ body, headers }: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (body && headers.get('content-type')?.startsWith('text/event-stream')) return body;
  throw new BackendProblem('backend_not_ours', null);
}

/** The events of a stream in order, to the run's end. A stream that ends before or falls silent is `backend_unreachable`; one that is none, `backend_not_ours`. */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<RunEvent> {
  const arrived: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => arrived.push(data) });
  // Not piped through a decoder: a pipe that breaks drops what it still holds, the acknowledgement perhaps.
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await soon(reader.read());
      if (done) throw new BackendProblem('backend_unreachable', null);
      parser.feed(decoder.decode(value, { stream: true }));
      // One by one: what came before something unreadable has come.
      for (const data of arrived.splice(0)) {
        const event = readEvent(data);
        yield event;
        if (event.type === 'ended') return;
      }
    }
  } catch (error) {
    if (error instanceof BackendProblem) throw error;
    throw new BackendProblem('backend_unreachable', null);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readEvent(data: string): RunEvent {
  try {
    return RunEvent.parse(JSON.parse(data));
  } catch {
    throw new BackendProblem('backend_not_ours', null);
  }
}

async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BackendProblem('backend_unreachable', null)), SILENCE_MS);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
