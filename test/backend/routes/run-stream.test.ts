import { getEventListeners, once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { expect, onTestFinished, test, vi } from 'vitest';

import { COMMENT_EVERY_MS, sendRunStream } from '../../../backend/routes/run-stream.ts';

test('a client that left before its run was claimed leaves nothing behind: nobody listens for it, and no comment is written (B28)', async () => {
  const stopping = new AbortController();
  const came = Promise.withResolvers<void>();
  const followed = Promise.withResolvers<AbortSignal>();
  const answered = Promise.withResolvers<void>();
  const app = Fastify();
  onTestFinished(() => app.close());
  app.get('/', async (request, reply) => {
    came.resolve();
    await once(request.raw.socket, 'close');
    const sent = sendRunStream(reply, stopping.signal, async function* (signal) {
      followed.resolve(signal);
      yield [];
    });
    void sent.then(() => answered.resolve());
    return sent;
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const client = net.connect(port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await came.promise;
  const timers = vi.spyOn(globalThis, 'setInterval');
  onTestFinished(() => timers.mockRestore());
  client.destroy();
  expect((await followed.promise).aborted).toBe(true);
  await answered.promise;
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
  expect(timers.mock.calls.filter(([, everyMs]) => everyMs === COMMENT_EVERY_MS)).toEqual([]);
});
