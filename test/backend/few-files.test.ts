/** The real process where it may open 64 files and no more. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

import { mostConnections } from '../../backend/open-files.ts';
import { createRequest } from '../support/bench.ts';
import { callPaired, pairedWith } from '../support/loopback-walker.ts';
import { startServer } from '../support/server-process.ts';

test('connections are fewer than half of what may be opened, and never none', () => {
  expect([64, 1024, 20_000, 1_048_576].map(mostConnections)).toEqual([12, 492, 9980, 10_000]);
  expect(mostConnections(10)).toBe(8);
});

test('two hundred connections where 64 files may be open cost nobody else an answer, and are forgotten (K6)', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'few-'));
  const env = { NV_PORT: '0', NV_DATA_DIR: path.join(folder, 'data') };
  const server = startServer(env, folder, undefined, 64);
  const backend = pairedWith(await server.pairingLine);
  const create = async () => (await callPaired(backend, 'POST', '/v1/runs', createRequest())).status;
  const { hostname, port } = new URL(backend.url);
  const flood: Socket[] = [];
  for (let at = 0; at < 200; at += 1) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    flood.push(socket);
    await once(socket, 'connect');
  }
  expect((await callPaired(backend, 'GET', '/healthz')).status).toBe(200);
  await expect.poll(create).toBe(201);
  for (const socket of flood) socket.destroy();
  const answers = await Promise.all(Array.from({ length: 10 }, create));
  expect(answers).toEqual(answers.map(() => 201));
  server.child.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  rmSync(folder, { recursive: true });
});
