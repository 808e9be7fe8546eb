import { connect } from 'node:net';
import { expect, test } from 'vitest';

import { startSimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';
import { authorizeUrl, openBrowser, walk } from './operator-client.ts';

const client = { id: 'client-1', secret: 's3cret' };

async function opened(port: number) {
  const socket = connect({ host: '127.0.0.1', port });
  const dropped = new Promise<void>((done) => {
    socket.once('close', () => done());
  });
  socket.on('error', () => {});
  await new Promise((done) => {
    socket.once('connect', done);
  });
  return { dropped };
}

test('close() ends hanging and slow answers, and connections that never spoke', async () => {
  const operator = await startSimulatedOperator({ mode: 'tls', client, slowHopMs: 600_000 });
  const browser = openBrowser(operator);
  const waiting = ['hop-hangs', 'slow-hop'].map((scenario) =>
    walk(operator, browser, authorizeUrl(operator, { scenario })).then(
      () => 'answered',
      () => 'dropped',
    ),
  );
  const silent = [await opened(Number(operator.ports.tls)), await opened(operator.ports.http)];
  await expect.poll(() => operator.counters.hops).toBe(6);
  await operator.close();
  expect(await Promise.all(waiting)).toEqual(['dropped', 'dropped']);
  await Promise.all(silent.map(({ dropped }) => dropped));
  await browser.close();
});

test('hop-hangs does not answer', async () => {
  const operator = await startSimulatedOperator({ mode: 'loopback', client });
  const browser = openBrowser(operator);
  let settled = false;
  const walking = walk(operator, browser, authorizeUrl(operator, { scenario: 'hop-hangs' }))
    .catch(() => {})
    .then(() => {
      settled = true;
    });
  await expect.poll(() => operator.counters.hops).toBe(3);
  await new Promise((done) => setTimeout(done, 200));
  expect(settled).toBe(false);
  await operator.close();
  await walking;
  await browser.close();
});

test('hopDelayMs makes every hop wait', async () => {
  const operator = await startSimulatedOperator({ mode: 'loopback', client, hopDelayMs: 40 });
  const browser = openBrowser(operator);
  const started = performance.now();
  await walk(operator, browser, authorizeUrl(operator));
  expect(performance.now() - started).toBeGreaterThanOrEqual(5 * 39);
  await browser.close();
  await operator.close();
});

test('two operators live side by side and do not know each other', async () => {
  const [one, two] = await Promise.all([
    startSimulatedOperator({ mode: 'tls', client }),
    startSimulatedOperator({ mode: 'tls', client }),
  ]);
  expect(one.ports.tls).not.toBe(two.ports.tls);
  expect(one.spkiHash).not.toBe(two.spkiHash);
  const browser = openBrowser(one);
  await walk(one, browser, authorizeUrl(one));
  expect([one.counters.hops, two.counters.hops]).toEqual([5, 0]);
  await browser.close();
  await Promise.all([one.close(), two.close()]);
});

test('loopback needs no certificate and offers nothing that only TLS can show', async () => {
  const operator = await startSimulatedOperator({ mode: 'loopback', client });
  expect(operator).toMatchObject({ certificate: null, spkiHash: null, ports: { tls: null } });
  expect(operator.scenarios.map(({ name }) => name)).not.toContain('http-upgraded');
  expect(operator.scenarios[0]).toMatchObject({ name: 'match', number: '+447700900901' });
  await operator.close();
});
