/** The backend as a real process, killed without warning and started again on what it left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import type { Run } from '#protocol/run.ts';

import { crashDoses } from '../bench/crash-doses.ts';
import { createRequest } from '../support/bench.ts';
import { callPaired, type Paired, pairedWith, walkLoopback } from '../support/loopback-walker.ts';
import { readEvents } from '../support/node-walker.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'restart-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(data: string): Promise<{ server: ServerProcess; backend: Paired }> {
  const server = startServer({ NV_PORT: '0', NV_DATA_DIR: path.join(folder, data) }, folder);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return { server, backend: pairedWith(await server.pairingLine) };
}

async function kill({ child, exit }: ServerProcess): Promise<void> {
  child.kill('SIGKILL');
  await exit;
}

const read = async (backend: Paired, id: string) =>
  (await (await callPaired(backend, 'GET', `/v1/runs/${id}`)).json()) as Run;
const callback = (backend: Paired, id: string, body: unknown) =>
  callPaired(backend, 'POST', `/v1/runs/${id}/callback`, body);

test('a verdict that was heard is there after kill -9, and the same report gets the same events (K1, PR4)', async () => {
  const first = await start('heard');
  const { id, submission } = await walkLoopback(first.backend, 'match');
  const heard = readEvents(await (await callback(first.backend, id, submission)).text()).events;
  expect(heard.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
  await kill(first.server);

  const second = await start('heard');
  expect((await read(second.backend, id)).verdict).toBe('match');
  const again = readEvents(await (await callback(second.backend, id, submission)).text()).events;
  expect(again).toEqual(heard);
  await kill(second.server);
});

test.each([
  ['token-hang', 'redeeming', ['passed', 'unknown', 'not_run']],
  ['premiuminfo-hang', 'verifying', ['passed', 'passed', 'unknown']],
])(
  'killed while %s lets it wait, the run is unknown, and who reports again hears so (K3, PR5)',
  async (scenario, phase, outcomes) => {
    const first = await start(scenario);
    const { id, submission } = await walkLoopback(first.backend, scenario);
    const left = callback(first.backend, id, submission).then((response) => response.text());
    left.catch(() => undefined);
    await expect.poll(async () => (await read(first.backend, id)).phase).toBe(phase);
    await kill(first.server);

    const second = await start(scenario);
    const { events } = readEvents(await (await callback(second.backend, id, submission)).text());
    expect(events.at(-1)).toMatchObject({ type: 'ended', verdict: 'unknown', failure: null });
    const run = await read(second.backend, id);
    expect(run.legs.map(({ outcome }) => outcome)).toEqual(outcomes);
    // The answer that never came is not asked for again.
    expect(run.legs.map(({ exchanges }) => exchanges.length)).toEqual([
      0,
      outcomes[1] === 'passed' ? 1 : 0,
      0,
    ]);
    await kill(second.server);
  },
);

test('a run the browser still walks goes on after kill -9 (K1)', async () => {
  const first = await start('walking');
  const request = createRequest({ scenario: 'match' });
  expect((await callPaired(first.backend, 'POST', '/v1/runs', request)).status).toBe(201);
  await kill(first.server);
  const second = await start('walking');
  expect((await read(second.backend, request.id)).phase).toBe('authorizing');
  const body = { hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 1 }, failure: null };
  await (await callPaired(second.backend, 'POST', `/v1/runs/${request.id}/chain-end`, body)).text();
  expect((await read(second.backend, request.id)).verdict).toBe('cancelled');
  await kill(second.server);
});

test('killed in the middle of its writes it has lost nothing it acknowledged (K1, PR4)', {
  timeout: 300_000,
}, async () => {
  const { lost, damaged, acknowledgedSteps } = await crashDoses({ doses: 2, broken: false });
  expect([[...lost], damaged]).toEqual([[], []]);
  expect(acknowledgedSteps).toBeGreaterThan(150);
});

test('and a backend that acknowledges before it commits is found out in the same way', {
  timeout: 300_000,
}, async () => {
  const { lost } = await crashDoses({ doses: 3, broken: true });
  expect(lost.size).toBeGreaterThan(0);
});
