import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';

import type { ChainEndRequest } from '#protocol/backend-api.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import type { BackendClient } from '../../../extension/backend-client/backend-client.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';
import { answering, outcomeOf, streaming } from './answering-server.ts';

const PROFILE = profileAt('https://api.example', { name: 'Opérateur €' });
const RUN = runOf(PROFILE);
const EVENTS: RunEvent[] = [
  { type: 'created', sequence: 1, at: 1, run: RUN },
  { type: 'phase', sequence: 2, at: 2, phase: 'redeeming' },
  { type: 'ended', sequence: 3, at: 3, verdict: 'failed', failure: null, cause: null },
];
const END: ChainEndRequest = {
  hops: [],
  chainEnd: { kind: 'cancelled', url: null, atMs: 1 },
  failure: null,
};

const written = (event: RunEvent, newline = '\n') =>
  [`id: ${event.sequence}`, `event: ${event.type}`, `data: ${JSON.stringify(event)}`, '', ''].join(newline);
const WIRE = `: hello\n\n${EVENTS.map((event) => written(event)).join(': still here\n\n')}: still here\n\n`;

afterEach(() => {
  vi.useRealTimers();
});

/** What arrived, and the problem that ended it, if one did. */
async function read(client: BackendClient): Promise<{ events: RunEvent[]; problem: unknown }> {
  const events: RunEvent[] = [];
  const problem = await outcomeOf(
    (async () => {
      for await (const event of client.postChainEnd(RUN.id, END)) events.push(event);
      return null;
    })(),
  );
  return { events, problem };
}

describe('a stream', () => {
  test('gives its events in order, and comments are none', async () => {
    expect(await read(await streaming([WIRE]))).toEqual({ events: EVENTS, problem: null });
  });

  test('gives the same events wherever it is split', async () => {
    const bytes = new TextEncoder().encode(WIRE);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const edges = [0, ...at.toSorted((a, b) => a - b), bytes.length];
        const chunks = edges.slice(1).map((end, index) => bytes.slice(edges[index], end));
        expect(await read(await streaming(chunks))).toEqual({ events: EVENTS, problem: null });
      }),
      { numRuns: 40 },
    );
  });

  test('may be split within a character', async () => {
    const bytes = new TextEncoder().encode(WIRE);
    const euro = bytes.indexOf(0xe2);
    for (const at of [euro + 1, euro + 2]) {
      const client = await streaming([bytes.slice(0, at), bytes.slice(at)]);
      expect((await read(client)).events).toEqual(EVENTS);
    }
  });

  test('may come byte by byte', async () => {
    const bytes = new TextEncoder().encode(WIRE);
    const short = bytes.slice(bytes.length - 400);
    const chunks = [bytes.slice(0, bytes.length - 400), ...Array.from(short, (byte) => Uint8Array.of(byte))];
    expect((await read(await streaming(chunks))).events).toEqual(EVENTS);
  });

  test('may end its lines as it likes, begin with a mark, and name fields nobody knows', async () => {
    for (const newline of ['\r\n', '\r']) {
      const wire = EVENTS.map((event) => `odd: field${newline}${written(event, newline)}`).join('');
      expect((await read(await streaming([`\ufeff${wire}`]))).events).toEqual(EVENTS);
    }
  });

  test('is read as it comes: the first event is there before the second was sent', async () => {
    const client = await streaming([written(EVENTS[0] as RunEvent)], 'hang');
    const stream = client.postChainEnd(RUN.id, END);
    expect((await stream.next()).value).toEqual(EVENTS[0]);
    await stream.return(undefined);
  });
});

describe('a stream that goes wrong', () => {
  const first = written(EVENTS[0] as RunEvent);

  test('by breaking off is unreachable, and what had come has come', async () => {
    expect(await read(await streaming([first], 'break'))).toEqual({
      events: [EVENTS[0]],
      problem: 'backend_unreachable',
    });
  });

  test('by ending within an event, or before the run’s end, is unreachable, and gives no half of an event', async () => {
    const events = [EVENTS[0]];
    const problem = 'backend_unreachable';
    expect(await read(await streaming([first, 'id: 2\ndata: {"type":"phase",']))).toEqual({
      events,
      problem,
    });
    expect(await read(await streaming([first]))).toEqual({ events, problem });
    expect(await read(await streaming([]))).toEqual({ events: [], problem });
  });

  test('by falling silent for longer than its comments ever do is unreachable', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const client = await streaming([first], 'hang');
    const stream = client.postChainEnd(RUN.id, END);
    await stream.next();
    const silent = outcomeOf(stream.next());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await silent).toBe('backend_unreachable');
  });

  test.each([
    ['rubbish', 'data: rubbish\n\n'],
    ['an empty event', 'data:\n\n'],
    ['an event of another kind', 'data: {"type":"surprise","sequence":1,"at":1}\n\n'],
    ['an event without a number', 'data: {"type":"phase","phase":"ended","at":1}\n\n'],
    ['null', 'data: null\n\n'],
  ])('by carrying %s is not our backend’s', async (_, wire) => {
    expect(await read(await streaming([first, wire]))).toEqual({
      events: [EVENTS[0]],
      problem: 'backend_not_ours',
    });
  });

  test('by bytes that are no UTF-8 is not our backend’s', async () => {
    expect(
      (
        await read(
          await streaming([
            Uint8Array.from([...'data: {'].map((c) => c.charCodeAt(0))),
            Uint8Array.of(0xff, 0xfe, 0x0a, 0x0a),
          ]),
        )
      ).problem,
    ).toBe('backend_not_ours');
  });

  test.each(['application/json', 'text/html', 'text/plain'])(
    'by being %s is not our backend’s',
    async (contentType) => {
      expect(await read(await answering(200, WIRE, contentType))).toEqual({
        events: [],
        problem: 'backend_not_ours',
      });
    },
  );

  test('before it begins is refused in the backend’s words', async () => {
    const body = JSON.stringify({
      error: { code: 'api.not_found', message: 'No such run.', requestId: 'r' },
    });
    expect(await read(await answering(404, body))).toEqual({ events: [], problem: 'backend_error' });
  });
});
