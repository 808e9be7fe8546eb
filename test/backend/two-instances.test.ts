/** Two backends of one team on one PostgreSQL: whatever one begins, the other can go on with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { HandoffReply } from '#protocol/handoff.ts';

import { addKey } from '../../backend/access/access-key.ts';
import { offerKey } from '../../backend/access/pairing.ts';
import type { ServerProfile } from '../../backend/legs/provider.ts';
import { LOOPBACK_ONLY } from '../../backend/sharing.ts';
import { openPostgresDoor } from '../../backend/store/door/open-postgres-door.ts';
import { openPostgresRunStore } from '../../backend/store/postgres/postgres-run-store.ts';
import { type Bench, call, createRequest, startBench } from '../support/bench.ts';
import { hashOf } from '../support/node-walker.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { rawCall } from '../support/raw-call.ts';
import { startServer } from '../support/server-process.ts';
import { openBrowser, walk } from './simulator/operator-client.ts';

const PUBLIC = 'https://verify.example';
const sharing = { ...LOOPBACK_ONLY, publicUrl: PUBLIC, hosts: ['verify.example'] };
let postgres: Postgres;
let url: string;
let one: Bench;
let other: Bench;
let key: string;

beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.database();
  const open = async (instance: string) => ({
    store: await openPostgresRunStore({ url, instance }),
    door: await openPostgresDoor(url, () => undefined),
    sharing,
  });
  const team: ServerProfile[] = [];
  one = await startBench({
    ...(await open('one')),
    variants: (simulated) => {
      team.push({ ...simulated, profile: { ...simulated.profile, id: 'team' } });
      return team;
    },
  });
  other = await startBench({ ...(await open('other')), profiles: team });
  const door = await openPostgresDoor(url, () => undefined);
  ({ key } = await addKey(door, { label: 'Desktop', scope: 'run', expiresAt: null }, Date.now()));
  await door.close();
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await postgres.close();
});

const ask = (bench: Bench, method: string, where: string, body?: unknown) =>
  call(bench, method, where, body, { authorization: `Bearer ${key}` });
const phone = (bench: Bench, method: string, where: string, fields: string[] = []) =>
  rawCall(bench.url, [`${method} ${where} HTTP/1.1`, 'host: verify.example', ...fields]);

describe('two instances on one database (K10)', () => {
  test('a phone is handed over by one, comes to the other, and is watched at the first', async () => {
    const request = createRequest({ capture: 'handoff', profileId: 'team', scenario: 'no-match' });
    expect((await ask(one, 'POST', '/v1/runs', request)).status).toBe(201);
    const offered = await ask(one, 'POST', `/v1/runs/${request.id}/handoff`, {
      numberHash: hashOf('+447700900999'),
    });
    const { pathname } = new URL(HandoffReply.parse(await offered.json()).link);
    const live = ask(one, 'GET', `/v1/runs/${request.id}/events`).then((reply) => reply.text());

    const form = [
      'content-type: application/x-www-form-urlencoded',
      'content-length: 0',
      `origin: ${PUBLIC}`,
    ];
    const opened = await phone(other, 'POST', pathname, form);
    expect(opened.status).toBe(303);
    // Once, wherever it is tried.
    expect((await phone(one, 'POST', pathname, form)).status).toBe(409);
    const browser = openBrowser(one.operator);
    const { callback } = await walk(one.operator, browser, opened.headers.get('location') ?? '');
    await browser.close();
    const cookie = `cookie: ${opened.headers.get('set-cookie')?.split(';')[0]}`;
    const back = await phone(other, 'GET', `${callback?.pathname}${callback?.search}`, [cookie]);
    expect(back.headers.get('location')).toBe('/callback/done');
    expect(await live).toContain('"verdict":"no_match"');

    // The access token that the other one received waits where the first one finds it.
    const asked = await ask(one, 'POST', `/v1/runs/${request.id}/hash-doctor`, {
      form: 'plain',
      numberHash: hashOf('447700900999'),
    });
    expect([asked.status, (await asked.json()).hashDoctor?.form]).toEqual([200, 'plain']);
  });

  test('a pairing link fetches its key from either, once', async () => {
    const door = await openPostgresDoor(url, () => undefined);
    const code = await offerKey(door, key, Date.now());
    await door.close();
    const pair = (bench: Bench) => call(bench, 'POST', '/pair', { code }, { authorization: '' });
    const statuses = (await Promise.all([pair(one), pair(other)])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 404]);
  });

  test('one with another server key does not start: it would refuse the callbacks of the others’ runs', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'two-'));
    const database = await postgres.database();
    const env = { NV_PORT: '0', NV_DATA_DIR: folder, DATABASE_URL: database };
    const first = startServer({ ...env, NV_SERVER_KEY: 'A'.repeat(43) }, folder);
    await first.pairingLine;
    const second = startServer({ ...env, NV_SERVER_KEY: `${'A'.repeat(42)}E` }, folder);
    expect(await second.exit).toBe(2);
    expect(second.output.stderr).toMatch(/^config\.server_key_differs: .{20,}/m);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    rmSync(folder, { recursive: true });
  });
});
