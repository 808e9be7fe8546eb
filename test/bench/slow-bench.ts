/**
 * Row B13 at its full size: 500 clients that never come to the end of a request, against the real server process, beside
 * legitimate callers whose answers are timed before and meanwhile. Ends with 1 where a target is missed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

import { createRequest } from '../support/bench.ts';
import { startServer } from '../support/server-process.ts';
import { SLOW_KINDS, type SlowEnd, slowSocket } from '../support/slow-sockets.ts';

const SLOW_CLIENTS = 500;
const WORKERS = 8;
const ROUNDS = 3;
/** Milliseconds; longer than a slow client may live. */
const PHASE_MS = 12_000;
const LONGEST_LIFE_MS = 11_000;
const WORST_RATIO = 2;

const folder = mkdtempSync(path.join(tmpdir(), 'slow-bench-'));
const server = startServer(
  { NV_PORT: '0', NV_DATA_DIR: path.join(folder, 'data'), NV_LOG_LEVEL: 'silent' },
  folder,
);
const line = await server.pairingLine;
const [url = '', key = ''] = line.split('/#');
const pool = new Pool(url, { connections: WORKERS });

/** Runs opened and read, as callers do it, one after the other for each worker; milliseconds of every answer. */
async function legitimate(ms: number): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + ms;
  const ask = async (method: 'GET' | 'POST', at: string, body?: unknown) => {
    const began = performance.now();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await pool.request({
      method,
      path: at,
      headers,
      body: body ? JSON.stringify(body) : null,
    });
    await answer.body.text();
    times.push(performance.now() - began);
    if (answer.statusCode >= 400) throw new Error(`${method} ${at} was answered ${answer.statusCode}`);
  };
  const work = async () => {
    while (performance.now() < until) {
      const request = createRequest();
      await ask('POST', '/v1/runs', request);
      await ask('GET', `/v1/runs/${request.id}`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return times;
}

const within = (times: number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
const told = (times: number[]) =>
  `${times.length} answers, p50 ${within(times, 0.5).toFixed(1)} ms, p99 ${within(times, 0.99).toFixed(1)} ms`;

const ends: SlowEnd[] = [];
let isOver = false;
let attack: Promise<unknown> = Promise.resolve();
const begin = () => {
  isOver = false;
  const slow = Array.from({ length: SLOW_CLIENTS }, async (_, at) => {
    const kind = SLOW_KINDS[at % SLOW_KINDS.length] ?? 'says nothing';
    // As soon as one is gone there is another in its place.
    while (!isOver) ends.push(await slowSocket(url, kind, key, 500));
  });
  attack = Promise.all(slow);
};

await legitimate(5000);
const alone: number[] = [];
const beside: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const before = await legitimate(PHASE_MS);
  begin();
  await delay(1000);
  const meanwhile = await legitimate(PHASE_MS);
  isOver = true;
  await attack;
  alone.push(within(before, 0.99));
  beside.push(within(meanwhile, 0.99));
  console.log(
    `Round ${round}, alone: ${told(before)}; beside ${SLOW_CLIENTS} slow clients: ${told(meanwhile)}`,
  );
}

// Of several rounds the middle one, since others use the machine as well.
const ratio = within(beside, 0.5) / within(alone, 0.5);
const longest = Math.max(...ends.map(({ lived }) => lived));
const answered = ends.filter(({ said }) => said.startsWith('HTTP/1.1 408')).length;
console.log(`p99 ratio ${ratio.toFixed(2)} (target: at most ${WORST_RATIO})`);
console.log(
  `${ends.length} slow connections closed, ${answered} of them told 408; the longest lived ${(longest / 1000).toFixed(1)} s (target: at most ${LONGEST_LIFE_MS / 1000})`,
);
await pool.close();
server.child.kill('SIGTERM');
await server.exit;
rmSync(folder, { recursive: true });
process.exitCode = ratio <= WORST_RATIO && longest <= LONGEST_LIFE_MS ? 0 : 1;
