/** The backend as a real process, killed without warning and started again on what it left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { crashDoses } from '../bench/crash-doses.ts';
import { createRequest } from '../support/bench.ts';
import { callPaired, type Paired, pairedWith, walkLoopback } from '../support/loopback-walker.ts';
import { readEvents } from '../support/node-walker.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/staged-browser.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'restart-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Started {
  server: ServerProcess;
  backend: Paired;
}

async function start(): Promise<Started> {
  const server = startServer({ NV_PORT: '0', NV_DATA_DIR: path.join(folder, 'data') }, folder);
  return { server, backend: pairedWith(await server.pairingLine) };
}

async function kill({ child, exit }: ServerProcess): Promise<void> {
  child.kill('SIGKILL');
  await exit;
}

const read = async (backend: Paired, id: string) =>
  (await (await callPaired(backend, 'GET', `/v1/runs/${id}`)).json()) as Run;
/** Hands the code over; the events of its run, up to their end. */
async function report({ backend }: Started, { id, submission }: { id: string; submission: unknown }) {
  const response = await callPaired(backend, 'POST', `/v1/runs/${id}/callback`, submission);
  return readEvents(await response.text()).events;
}

const HANGING = [
  ['token-hang', 'redeeming', ['passed', 'unknown', 'not_run']],
  ['premiuminfo-hang', 'verifying', ['passed', 'passed', 'unknown']],
] as const;

describe('one kill -9 in the middle of several runs', () => {
  type Walked = Awaited<ReturnType<typeof walkLoopback>>;
  let first: Started;
  let second: Started;
  let heardRun: Walked;
  let heard: RunEvent[];
  let hanging: Walked[];
  const walking = createRequest({ scenario: 'match' });

  beforeAll(async () => {
    first = await start();
    heardRun = await walkLoopback(first.backend, 'match');
    heard = await report(first, heardRun);
    hanging = await Promise.all(
      HANGING.map(async ([scenario, phase]) => {
        const walked = await walkLoopback(first.backend, scenario);
        report(first, walked).catch(() => undefined);
        await until(async () => (await read(first.backend, walked.id)).phase === phase);
        return walked;
      }),
    );
    expect((await callPaired(first.backend, 'POST', '/v1/runs', walking)).status).toBe(201);
    await kill(first.server);
    second = await start();
  });
  afterAll(() => Promise.all([first, second].map((one) => one && kill(one.server))));

  test('a verdict that was heard is there after it, and the same report gets the same events (K1, PR4)', async () => {
    expect(heard.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
    expect((await read(second.backend, heardRun.id)).verdict).toBe('match');
    expect(await report(second, heardRun)).toEqual(heard);
  });

  test.each(HANGING.map((one, at) => [one[0], at, one[2]] as const))(
    'killed while %s lets it wait, the run is unknown, and who reports again hears so (K3, PR5)',
    async (_scenario, at, outcomes) => {
      const walked = hanging[at] as Walked;
      const events = await report(second, walked);
      expect(events.at(-1)).toMatchObject({ type: 'ended', verdict: 'unknown', failure: null });
      const run = await read(second.backend, walked.id);
      expect(run.legs.map(({ outcome }) => outcome)).toEqual(outcomes);
      // The answer that never came is not asked for again.
      expect(run.legs.map(({ exchanges }) => exchanges.length)).toEqual([
        0,
        outcomes[1] === 'passed' ? 1 : 0,
        0,
      ]);
    },
  );

  test('a run the browser still walks goes on after it (K1)', async () => {
    expect((await read(second.backend, walking.id)).phase).toBe('authorizing');
    const body = { hops: [], chainEnd: { kind: 'cancelled', url: null, atMs: 1 }, failure: null };
    await (await callPaired(second.backend, 'POST', `/v1/runs/${walking.id}/chain-end`, body)).text();
    expect((await read(second.backend, walking.id)).verdict).toBe('cancelled');
  });
});

test('killed in the middle of its writes it has lost nothing it acknowledged (K1, PR4)', {
  timeout: 300_000,
}, async () => {
  const { lost, damaged, acknowledgedSteps } = await crashDoses({ doses: 1, broken: false });
  expect([[...lost], damaged]).toEqual([[], []]);
  expect(acknowledgedSteps).toBeGreaterThan(100);
});

test('and a backend that acknowledges before it commits is found out in the same way', {
  timeout: 300_000,
}, async () => {
  const { lost } = await crashDoses({ doses: 1, broken: true });
  expect(lost.size).toBeGreaterThan(0);
});
