/** How the real process ends: on signals and on faults nobody caught. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { callPaired, type Paired, pairedWith, walkLoopback } from '../support/loopback-walker.ts';
import { readEvents } from '../support/node-walker.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stop-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(data: string, program?: string): Promise<{ server: ServerProcess; backend: Paired }> {
  const env = { NV_PORT: '0', NV_DATA_DIR: path.join(folder, data) };
  const server = startServer(env, folder, program);
  return { server, backend: pairedWith(await server.pairingLine) };
}

const metric = async (backend: Paired, name: string) => {
  const text = await (await callPaired(backend, 'GET', '/metrics')).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
};

test('asked to stop with a hundred runs in flight it answers each with its verdict and ends with 0; who comes meanwhile is sent away (B28, K9)', {
  timeout: 240_000,
}, async () => {
  const { server, backend } = await start('hundred');
  const walked = [];
  // Ten at a time: what is tested is not how fast a hundred chains are walked.
  for (let at = 0; at < 10; at += 1) {
    const ten = Array.from({ length: 10 }, () => walkLoopback(backend, 'token-latency'));
    walked.push(...(await Promise.all(ten)));
  }
  const answers = await Promise.all(
    walked.map(({ id, submission }) => callPaired(backend, 'POST', `/v1/runs/${id}/callback`, submission)),
  );
  expect(await metric(backend, 'nvi_runs_carried')).toBeGreaterThan(20);
  server.child.kill('SIGTERM');
  // Ctrl-C reaches a process more than once.
  server.child.kill('SIGINT');
  const ends = await Promise.all(
    answers.map(async (answer) => readEvents(await answer.text()).events.at(-1)),
  );
  expect(ends.map((end) => end?.type === 'ended' && end.verdict)).toEqual(walked.map(() => 'match'));

  // A stop that takes longer than nine and a half seconds ends with 1.
  expect(await server.exit).toBe(0);
  await expect(callPaired(backend, 'GET', '/healthz')).rejects.toThrow();
  const endings = server.output.stderr.split('\n').filter((line) => line.includes('"run ended"'));
  expect(new Set(endings.map((line) => JSON.parse(line).runId))).toEqual(new Set(walked.map(({ id }) => id)));
});

const CRASHING = fileURLToPath(new URL('../support/crashing-server.ts', import.meta.url));

test.each([
  ['an exception nobody caught', 'SIGUSR2'],
  ['a rejection nobody handled', 'SIGHUP'],
] as const)(
  '%s is logged without its words, ends what is in flight and then the process with 1 (B26, PR3)',
  async (what, signal) => {
    const { server, backend } = await start(signal, CRASHING);
    const { id, submission } = await walkLoopback(backend, 'token-latency');
    const answer = await callPaired(backend, 'POST', `/v1/runs/${id}/callback`, submission);
    server.child.kill(signal);
    const { events } = readEvents(await answer.text());
    expect(events.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
    expect(await server.exit).toBe(1);
    const line = server.output.stderr.split('\n').find((one) => one.includes(what)) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ level: 60, err: { type: 'TypeError' } });
    expect(line).toContain('crashing-server');
    expect(server.output.stderr).not.toContain('canary');
  },
);
