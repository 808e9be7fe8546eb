import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Answer, Toxic } from '../../../backend/simulator/scenario.ts';
import { sendAnswer } from '../../../backend/simulator/send-answer.ts';
import { type RunningServer, startHttpServer } from '../../../backend/simulator/servers.ts';
import { type Sent, through } from '../../../backend/simulator/toxic.ts';

/** What the server under test sends next. */
let sent: Sent = 'hang';
let server: RunningServer;
const closing = new AbortController();
beforeAll(async () => {
  server = await startHttpServer((_request, response, wire) =>
    sendAnswer(sent, response, wire, closing.signal),
  );
});
afterAll(() => {
  closing.abort();
  return server.close();
});

interface Heard {
  text: string;
  /** How the connection ended; `open` where it did not while somebody waited. */
  end: 'closed' | 'reset' | 'refused' | 'open';
  ms: number;
  pieces: number;
}

/** Asks by a plain socket, which hides nothing, and listens until the connection ends. */
function ask(waitMs = 5000): Promise<Heard> {
  const started = performance.now();
  const heard: Heard = { text: '', end: 'closed', ms: 0, pieces: 0 };
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port: server.port }, () =>
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    );
    const timer = setTimeout(() => {
      heard.end = 'open';
      socket.destroy();
    }, waitMs);
    socket.on('data', (chunk) => {
      heard.text += chunk.toString('latin1');
      heard.pieces += 1;
    });
    socket.on('error', ({ message }) => {
      heard.end = message.includes('ECONNREFUSED') ? 'refused' : 'reset';
    });
    socket.once('close', () => {
      clearTimeout(timer);
      done({ ...heard, ms: performance.now() - started });
    });
  });
}

const answer: Answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(400) };
const askThrough = (toxic: Toxic, waitMs?: number) => {
  sent = through(toxic, answer);
  return ask(waitMs);
};
const whole = /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nx{400}$/;

describe('a toxic does to the bytes what it says, and nothing else', () => {
  test('latency: all of it, late', async () => {
    const { text, end, ms } = await askThrough({ kind: 'latency', ms: 200 });
    expect([end, whole.test(text)]).toEqual(['closed', true]);
    expect(ms).toBeGreaterThanOrEqual(195);
  });

  test('hang: nothing, for as long as anybody waits', async () => {
    expect(await askThrough({ kind: 'hang' }, 300)).toMatchObject({ text: '', end: 'open' });
  });

  test('reset: so many bytes, then no good end', async () => {
    const { text, end } = await askThrough({ kind: 'reset', afterBytes: 20 });
    expect(end).toBe('reset');
    expect('HTTP/1.1 200 OK\r\nx-vig').toContain(text);
    expect((await askThrough({ kind: 'reset', afterBytes: 0 })).text).toBe('');
  });

  test('limit: so many bytes, then a good end', async () => {
    const { text, end } = await askThrough({ kind: 'limit', bytes: 20 });
    expect([text.length, end]).toEqual([20, 'closed']);
  });

  test('slow_close: all of it at once, without a length, and the end late', async () => {
    const { text, end, ms } = await askThrough({ kind: 'slow_close', ms: 200 });
    expect([end, whole.test(text)]).toEqual(['closed', true]);
    expect(text).not.toMatch(/content-length/i);
    expect(ms).toBeGreaterThanOrEqual(195);
  });

  test('slice: all of it, in pieces', async () => {
    const { text, pieces } = await askThrough({ kind: 'slice', bytes: 50, everyMs: 10 });
    expect(whole.test(text)).toBe(true);
    expect(pieces).toBeGreaterThan(5);
  });

  test('bandwidth: all of it, no faster than it says', async () => {
    const { text, ms } = await askThrough({ kind: 'bandwidth', bytesPerSecond: 2000 });
    expect(whole.test(text)).toBe(true);
    expect(ms).toBeGreaterThan(((text.length - 200) / 2000) * 1000);
  });

  test('down: nothing takes a connection until something does again', async () => {
    server.refuse();
    expect(await ask()).toMatchObject({ text: '', end: 'refused' });
    await server.accept();
    sent = answer;
    expect((await ask()).text).toMatch(whole);
  });
});

describe('an answer need not be HTTP, nor end', () => {
  test('raw bytes go out as they are', async () => {
    sent = { raw: 'no \0 HTTP \xff' };
    expect(await ask()).toMatchObject({ text: 'no \0 HTTP \xff', end: 'closed' });
  });

  test('a filler is counted in the length, and is not made for who does not read it', async () => {
    const before = process.memoryUsage().rss;
    sent = { status: 200, filler: 1_000_000_000 };
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = connect({ host: '127.0.0.1', port: server.port }, () =>
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
    );
    socket.once('data', (chunk) => resolve(chunk.toString('latin1')));
    expect(await promise).toMatch(/content-length: 1000000000/i);
    socket.destroy();
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  });
});
