import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';

import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { ACCESS_KEY, call, startBench } from '../../support/bench.ts';
import { readEvents, walkScenario } from '../../support/node-walker.ts';

const KEY = `authorization: Bearer ${ACCESS_KEY}`;

/** A connection on which nothing has been asked yet: the server does not take it for an idle one. */
async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes until the server closes the connection. */
async function ask(socket: Socket, path: string): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${KEY}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

test('what is in flight is answered to its end, who asks for something new is sent away, and the probes say so (B28)', async () => {
  const bench = await startBench();
  const { created, submission } = await walkScenario(bench, 'premiuminfo-latency');
  const stream = await call(bench, 'POST', `/v1/runs/${created.run.id}/callback`, submission);
  const sockets = await Promise.all([1, 2, 3].map(() => openSocket(bench.url)));
  // Their connections have to be the server's, not only the system's, before it accepts no more.
  await call(bench, 'GET', '/healthz');

  const closed = bench.close();
  const [refused = '', alive = '', ready = ''] = await Promise.all(
    sockets.map((socket, at) => ask(socket, ['/v1/profiles', '/healthz', '/readyz'][at] ?? '')),
  );
  expect(refused).toMatch(/^HTTP\/1.1 503 /);
  expect(refused).toContain('"code":"api.shutting_down"');
  expect(refused).toMatch(/^retry-after: \d+\r$/m);
  expect(refused).toMatch(/^connection: close\r$/m);
  expect(alive).toMatch(/^HTTP\/1.1 200 /);
  expect(ready).toMatch(/^HTTP\/1.1 503 /);
  expect(ready).toContain('{"status":"not_ready","reason":"shutting_down"}');
  expect(readEvents(await stream.text()).events.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
  await closed;
  await expect(call(bench, 'GET', '/healthz')).rejects.toThrow();
});

test('what does not end in time is left to its lease, and its stream ends without a verdict (B28)', async () => {
  const memory = createMemoryRunStore();
  let left: string | undefined;
  const close = async () => {
    left = (await memory.read(id))?.run.phase;
    await memory.close();
  };
  const bench = await startBench({ store: { ...memory, close }, running: { graceMs: 100 } });
  const { created, submission } = await walkScenario(bench, 'premiuminfo-hang');
  const { id } = created.run;
  const stream = await call(bench, 'POST', `/v1/runs/${id}/callback`, submission);
  await expect.poll(async () => (await memory.read(id))?.run.phase).toBe('verifying');

  const [text] = await Promise.all([stream.text(), bench.close()]);
  const { events } = readEvents(text);
  expect(events.length).toBeGreaterThan(1);
  expect(events.map(({ type }) => type)).not.toContain('ended');
  expect(left).toBe('verifying');
});
