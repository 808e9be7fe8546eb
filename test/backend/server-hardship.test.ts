/** The backend as a real process on a machine that treats it badly: no memory, no time, a slow disk. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { CreateRunReply } from '#protocol/backend-api.ts';
import type { Run } from '#protocol/run.ts';

import { missing, startLoad } from '../bench/crash-load.ts';
import { createRequest } from '../support/bench.ts';
import { certificateFor } from '../support/certificates.ts';
import { callPaired, type Paired, pairedWith, walkLoopback } from '../support/loopback-walker.ts';
import { readEvents } from '../support/node-walker.ts';
import { hasStrace, STRACE } from '../support/power-loss.ts';
import { startScriptedOperator } from '../support/scripted-operator.ts';
import { startServer } from '../support/server-process.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'hardship-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const LEAKING = fileURLToPath(new URL('../support/leaking-server.ts', import.meta.url));
const IMPATIENT = fileURLToPath(new URL('../support/impatient-server.ts', import.meta.url));

interface Start {
  folder: string;
  env?: Record<string, string>;
  program?: string;
  under?: string[];
}

/** Ends with its test, however that ends. */
async function start({ folder, env = {}, program, under }: Start) {
  const server = startServer(
    { NV_PORT: '0', NV_DATA_DIR: folder, NV_LOG_LEVEL: 'silent', ...env },
    root,
    program,
    undefined,
    under,
  );
  onTestFinished(async () => {
    server.child.kill('SIGKILL');
    await server.exit;
  });
  return { server, backend: pairedWith(await server.pairingLine) };
}

const newFolder = () => mkdtempSync(path.join(root, 'data-'));
const runOf = async (backend: Paired, id: string) =>
  (await (await callPaired(backend, 'GET', `/v1/runs/${id}`)).json()) as Run;

test('a backend that dies of a lack of memory has lost nothing it acknowledged (K4, PR4)', async () => {
  const folder = newFolder();
  const { server, backend } = await start({
    folder,
    program: LEAKING,
    env: { NODE_OPTIONS: '--max-old-space-size=128' },
  });
  const load = startLoad(backend);
  await load.underWay;
  server.child.kill('SIGUSR2');
  await Promise.all([server.exit, load.over()]);
  // By its own hand: nobody killed it.
  expect(server.child.signalCode).toBe('SIGABRT');
  expect(server.output.stderr).toContain('heap out of memory');

  const { backend: again } = await start({ folder });
  const lost = await Promise.all([...load.acknowledged.values()].map((one) => missing(again, one)));
  expect(lost.flat()).toEqual([]);
  expect(lost.length).toBeGreaterThan(50);
});

test('a backend that is stopped past its deadline goes on from there, and sends the code once (K5, PR5)', async () => {
  const { key, cert } = await certificateFor();
  const ca = path.join(root, 'ca.pem');
  writeFileSync(ca, cert);
  const operator = await startScriptedOperator({ key, cert });
  onTestFinished(() => operator.close());
  const { server, backend } = await start({
    folder: newFolder(),
    program: IMPATIENT,
    env: {
      NV_CLIENT_ID: 'client-1',
      NV_CLIENT_SECRET: 'the-secret-of-client-1',
      API_HOST: operator.origin,
      NV_REDIRECT_URI: 'https://app.example/callback',
      NV_PRIVATE_ADDRESSES: 'on',
      NV_EXTRA_CA_FILE: ca,
    },
  });
  const { scenario: _none, ...request } = createRequest({ profileId: 'operator' });
  const created = await callPaired(backend, 'POST', '/v1/runs', { ...request, scenario: null });
  const { run, authorizeUrl } = CreateRunReply.parse(await created.json());
  const { pathname } = new URL(run.profile.tokenUrl);
  // It never answers.
  operator.on(pathname, () => undefined);
  const query = new URLSearchParams({
    code: 'a-code',
    state: new URL(authorizeUrl).searchParams.get('state') ?? '',
  });
  const body = {
    hops: [],
    chainEnd: { kind: 'callback', url: 'https://app.example/callback', atMs: 1 },
    callbackUrl: `https://app.example/callback?${query}`,
    numberHash: 'a'.repeat(64),
  };
  const report = async () => {
    const answer = await callPaired(backend, 'POST', `/v1/runs/${run.id}/callback`, body);
    return readEvents(await answer.text()).events;
  };
  const reporting = report();
  await expect.poll(() => operator.asked(pathname).length).toBe(1);
  server.child.kill('SIGSTOP');
  // Not a wait for something: this long it is away.
  await delay(3000);
  server.child.kill('SIGCONT');
  const events = await reporting;
  expect(events.at(-1)).toMatchObject({
    type: 'ended',
    verdict: 'unknown',
    failure: { code: 'token.timeout' },
  });
  expect(await report()).toEqual(events);
  expect(operator.asked(pathname)).toHaveLength(1);
});

test.skipIf(!hasStrace)(
  'a disk that takes half a second for each flush makes runs slower and loses none, and the process has time for others (K7)',
  async () => {
    const folder = newFolder();
    const slow = ['-D', '-f', '--seccomp-bpf', '-P', path.join(folder, 'runs.db-wal'), '-o', '/dev/null'];
    const under = [
      STRACE,
      ...slow,
      '-e',
      'trace=fsync,fdatasync',
      '-e',
      'inject=fsync,fdatasync:delay_enter=500000',
    ];
    const { server, backend } = await start({ folder, under });
    const request = createRequest();
    const began = performance.now();
    let isMade = false;
    const making = callPaired(backend, 'POST', '/v1/runs', request).finally(() => {
      isMade = true;
    });
    let meanwhile = 0;
    while (!isMade) {
      await (await fetch(`${backend.url}/healthz`)).text();
      meanwhile += 1;
    }
    expect((await making).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThan(450);
    expect(meanwhile).toBeGreaterThan(3);

    const { id, submission } = await walkLoopback(backend, 'match');
    const answer = await callPaired(backend, 'POST', `/v1/runs/${id}/callback`, submission);
    const { events } = readEvents(await answer.text());
    expect(events.at(-1)).toMatchObject({ type: 'ended', verdict: 'match' });
    server.child.kill('SIGKILL');
    await server.exit;

    const { backend: again } = await start({ folder });
    expect(await missing(again, { id, events })).toEqual([]);
    expect((await runOf(again, request.id)).phase).toBe('authorizing');
  },
);
