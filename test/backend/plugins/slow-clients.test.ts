import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ApiError } from '#protocol/backend-api.ts';

import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import { ACCESS_KEY, type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { certificateFor } from '../../support/certificates.ts';
import { SLOW_KINDS, slowSocket } from '../../support/slow-sockets.ts';

/** What is eight and ten seconds for the world. */
const patience = { headersMs: 600, requestMs: 800, lookEveryMs: 50 };

describe.each(['http', 'https'])('over %s', (scheme) => {
  let bench: Bench;
  beforeAll(async () => {
    const tls = scheme === 'https' ? await certificateFor() : null;
    bench = await startBench({ sharing: { ...LOOPBACK_ONLY, tls }, limits: { patience } });
  });
  afterAll(() => bench.close());

  test.each(SLOW_KINDS)('who %s is closed (B13)', async (kind) => {
    const { lived, said } = await slowSocket(bench.url, kind, ACCESS_KEY, 20);
    expect(lived).toBeGreaterThan(500);
    // Who has said nothing at all is told nothing, or the same.
    if (said === '' && kind === 'says nothing') return;
    const [head = '', body = ''] = said.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    expect(ApiError.parse(JSON.parse(body)).error.code).toBe('api.timeout');
  });

  if (scheme === 'https')
    test('who does not finish the handshake is closed as well (B13)', async () => {
      const { hostname, port } = new URL(bench.url);
      const socket = connect(Number(port), hostname)
        .on('error', () => undefined)
        .resume();
      await new Promise((resolve) => socket.once('close', resolve));
    });
});

test('an answer may take longer than a request: a stream outlives slow clients (B13)', async () => {
  const bench = await startBench({ limits: { patience } });
  const request = createRequest();
  expect((await call(bench, 'POST', '/v1/runs', request)).status).toBe(201);
  const stream = await call(bench, 'GET', `/v1/runs/${request.id}/events`);
  // Twice as long as any request may take.
  for (let round = 0; round < 2; round += 1) await slowSocket(bench.url, 'drips its body', ACCESS_KEY, 20);
  const ended = await call(bench, 'POST', `/v1/runs/${request.id}/chain-end`, {
    hops: [],
    chainEnd: { kind: 'cancelled', url: null, atMs: 5 },
    failure: null,
  });
  expect(await ended.text()).toContain('event: ended');
  expect(await stream.text()).toContain('event: ended');
  await bench.close();
});
