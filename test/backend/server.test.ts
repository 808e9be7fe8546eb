import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readConfig } from '../../backend/config.ts';
import { openKeys } from '../../backend/data-folder.ts';
import { listen } from '../../backend/listen.ts';
import { openRunStore } from '../../backend/open-stores.ts';
import { StartError, type StartErrorCode } from '../../backend/start-error.ts';
import { startServer } from '../support/server-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'server-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown) => {
  const at = path.join(folder, name);
  writeFileSync(at, JSON.stringify(content));
  return at;
};
const dataFolder = () => path.join(folder, `data-${randomUUID()}`);
/** A data folder in which somebody put something else where the runs should be. */
const spoilt = (spoil: (runs: string) => void) => {
  const data = dataFolder();
  mkdirSync(data);
  spoil(path.join(data, 'runs.db'));
  return { NV_DATA_DIR: data };
};
const start = (env: Record<string, string>) =>
  startServer({ NV_PORT: '0', NV_DATA_DIR: dataFolder(), ...env }, folder);

const OPERATOR = {
  NV_CLIENT_ID: 'client-1',
  NV_CLIENT_SECRET: 'the-secret',
  API_HOST: 'https://api.example/mobileconnect',
  NV_REDIRECT_URI: 'https://app.example/callback',
};

const SHARED = { NV_PUBLIC_URL: 'https://verify.example', NV_TRUSTED_PROXIES: '127.0.0.1' };

describe('a start', () => {
  const env = { ...OPERATOR, NV_PROFILE_NAME: 'My market', NV_LOG_LEVEL: 'trace' };
  let data: string;
  let firstKey: string | undefined;
  beforeAll(() => {
    data = dataFolder();
  });

  test('prints the pairing line alone on stdout, offers the configured operator by its name, and tells nothing secret (PR2)', async () => {
    const server = start({ ...env, NV_DATA_DIR: data });
    const line = await server.pairingLine;
    const [, port, key] = /^http:\/\/127\.0\.0\.1:(\d+)\/#(nvi_[\w-]{32})$/.exec(line) ?? [];
    firstKey = key;
    expect(readFileSync(path.join(data, 'access-key'), 'utf8').trim()).toBe(key);

    const authorization = `Bearer ${key}`;
    const profiles = await fetch(`http://127.0.0.1:${port}/v1/profiles`, { headers: { authorization } });
    expect(await profiles.json()).toMatchObject({ profiles: [{ id: 'operator' }, { id: 'simulated' }] });
    expect((await fetch(`http://127.0.0.1:${port}/v1/profiles`)).status).toBe(401);

    server.child.kill('SIGTERM');
    expect(await server.exit).toBe(0);
    expect(server.output.stdout).toBe(`${line}\n`);
    expect(server.output.stderr).toContain('"route":"/v1/profiles"');
    expect(server.output.stderr).toContain('Profiles: My market, Simulated operator');
    expect(server.output.stderr).not.toContain(key);
    expect(server.output.stdout + server.output.stderr).not.toContain('the-secret');
  });

  test('pairs with the same key the next time, after an orderly stop by signal (B28)', async () => {
    const server = start({ NV_DATA_DIR: data });
    expect((await server.pairingLine).split('#')[1]).toBe(firstKey);
    server.child.kill('SIGINT');
    expect(await server.exit).toBe(0);
  });
});

const ENTRY = {
  id: 'one',
  name: 'One',
  apiHost: 'api.example',
  clientId: 'c',
  clientSecretEnv: 'SECRET',
  redirectUri: 'https://app.example/cb',
};
const entries = (name: string, ...profiles: object[]) => ({
  SECRET: 'the-secret',
  NV_PROFILES_FILE: file(name, { profiles }),
});

function withoutSecret(): Record<string, string> {
  return { ...OPERATOR, NV_CLIENT_SECRET: '' };
}

/** Two instances on one database are tested where there is one. */
type ConfigCode = Exclude<Extract<StartErrorCode, `config.${string}`>, 'config.server_key_differs'>;

/** One way to bring about every reason that lies in the configuration. */
const CONFIG_REFUSALS: Record<ConfigCode, () => Record<string, string>> = {
  'config.client_id_missing': () => ({ ...OPERATOR, NV_CLIENT_ID: '' }),
  'config.client_secret_missing': withoutSecret,
  'config.default_credential': () => ({ ...OPERATOR, NV_CLIENT_SECRET: 'changeme', ...SHARED }),
  'config.api_host_missing': () => ({ ...OPERATOR, API_HOST: '' }),
  'config.api_host_invalid': () => ({ ...OPERATOR, API_HOST: 'http://api.example' }),
  'config.address_forbidden': () => ({ ...OPERATOR, API_HOST: 'https://127.0.0.1:8443' }),
  'config.redirect_uri_missing': () => ({ ...OPERATOR, NV_REDIRECT_URI: '' }),
  'config.redirect_uri_invalid': () => ({ ...OPERATOR, NV_REDIRECT_URI: 'app.example' }),
  'config.jwks_url_invalid': () => ({ ...OPERATOR, NV_JWKS_URL: 'http://api.example/jwks' }),
  'config.port_invalid': () => ({ NV_PORT: 'http' }),
  'config.log_level_invalid': () => ({ NV_LOG_LEVEL: 'loud' }),
  'config.profiles_file_unreadable': () => ({ NV_PROFILES_FILE: path.join(folder, 'nowhere.json') }),
  'config.profiles_file_invalid': () => ({ NV_PROFILES_FILE: file('array.json', []) }),
  'config.profile_invalid': () => entries('invalid.json', { ...ENTRY, id: 'A B' }),
  'config.profile_secret_missing': () => ({ ...entries('no-secret.json', ENTRY), SECRET: '' }),
  'config.profile_id_duplicate': () => entries('twice.json', ENTRY, ENTRY),
  'config.tls_checks_disabled': () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
  'config.proxy_invalid': () => ({ HTTPS_PROXY: 'socks5://user:the-secret@proxy.example' }),
  'config.extra_ca_unusable': () => ({ NV_EXTRA_CA_FILE: file('no-pem.json', {}) }),
  'config.upstream_connections_invalid': () => ({ NV_UPSTREAM_CONNECTIONS: 'many' }),
  'config.database_url_invalid': () => ({ DATABASE_URL: 'mysql://nv:the-secret@db.example/runs' }),
  'config.retention_invalid': () => ({ NV_RETENTION_DAYS: 'for ever' }),
  'config.public_url_missing': () => ({ NV_LISTEN_HOST: '0.0.0.0' }),
  'config.public_url_invalid': () => ({ NV_PUBLIC_URL: 'http://verify.example' }),
  'config.tls_missing': () => ({ NV_LISTEN_HOST: '0.0.0.0', NV_PUBLIC_URL: 'https://verify.example' }),
  'config.tls_invalid': () => ({ NV_TLS_CERT_FILE: path.join(folder, 'nowhere.pem') }),
  'config.trusted_proxies_invalid': () => ({ NV_TRUSTED_PROXIES: '0.0.0.0/0' }),
  'config.allowed_hosts_invalid': () => ({ NV_ALLOWED_HOSTS: 'https://verify.example' }),
  'config.limit_invalid': () => ({ NV_RATE_RUNS: 'many' }),
  'config.switch_invalid': () => ({ NV_TEAM_RUNS: 'yes' }),
  'config.server_key_invalid': () => ({ NV_SERVER_KEY: 'the-secret' }),
};

/** And every other, but those that take another process or a server. */
const REFUSALS: Record<
  Exclude<
    StartErrorCode,
    | ConfigCode
    | 'config.server_key_differs'
    | 'start.cannot_listen'
    | 'start.port_in_use'
    | 'storage.locked'
    | 'storage.unsafe'
  >,
  () => Record<string, string>
> = {
  'storage.corrupt': () => spoilt((runs) => writeFileSync(runs, 'no database at all'.repeat(300))),
  'storage.unavailable': () => spoilt((runs) => mkdirSync(runs)),
  'storage.schema_too_new': () => spoilt(makeNewer),
  'start.data_folder_unusable': () => ({ NV_DATA_DIR: file('a-file.json', {}) }),
};

/** As a later version will leave it. */
function makeNewer(runs: string): void {
  const sqlite = new DatabaseSync(runs);
  sqlite.exec(
    "create table kysely_migration (name text, timestamp text); insert into kysely_migration values ('9999-x', '')",
  );
  sqlite.close();
}

describe('a start that cannot be ends with code 2, a name and one sentence (B29, B30, S4, S6)', () => {
  test.each(Object.entries(CONFIG_REFUSALS))('%s', (code, env) => {
    const refused = () => readConfig({ NV_PORT: '0', NV_DATA_DIR: dataFolder(), ...env() });
    expect(refused).toThrow(StartError);
    expect(refused).toThrow(expect.objectContaining({ code }));
    // As the process prints it, which the next test sees.
    const { message } = thrownBy(refused);
    expectOneSentence({ stdout: '', stderr: `${code}: ${message}\n` }, code);
  });

  test.each(Object.entries(REFUSALS))('%s', async (code, env) => {
    const refused = await startUp(env()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartError);
    expect(refused).toMatchObject({ code });
    const { message } = refused as StartError;
    expectOneSentence({ stdout: '', stderr: `${code}: ${message}\n` }, code);
  });

  test.concurrent.each(
    Object.entries({
      'storage.corrupt': REFUSALS['storage.corrupt'],
      'config.client_secret_missing': withoutSecret,
    }),
  )('%s, by a process', async (code, env) => {
    const server = start(env());
    expect(await server.exit).toBe(2);
    expectOneSentence(server.output, code);
  });

  test('start.port_in_use, and the process does not stay (B29)', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const server = start({ NV_PORT: String(port) });
    expect(await server.exit).toBe(2);
    expectOneSentence(server.output, 'start.port_in_use');
    expect(server.output.stderr).toContain(String(port));
    await new Promise((resolve) => taken.close(resolve));
  });

  test('storage.locked, while another backend has the folder, and no longer once it was killed (S7)', {
    timeout: 60_000,
  }, async () => {
    const NV_DATA_DIR = dataFolder();
    const first = start({ NV_DATA_DIR });
    await first.pairingLine;
    const refused = await startUp({ NV_DATA_DIR }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'storage.locked' });
    const { message } = refused as StartError;
    expectOneSentence({ stdout: '', stderr: `storage.locked: ${message}\n` }, 'storage.locked');
    expect(message).toContain(String(first.child.pid));
    first.child.kill('SIGKILL');
    await first.exit;
    await (await startUp({ NV_DATA_DIR })).close();
  });

  test('start.cannot_listen, where listening fails for any other reason', async () => {
    const app = Fastify();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const refused = await listen(app, 0).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartError);
    expect(refused).toMatchObject({ code: 'start.cannot_listen', message: expect.stringMatching(/NV_PORT/) });
  });
});

/** What a start does up to its store, in this process. */
async function startUp(env: Record<string, string>) {
  const config = readConfig({ NV_PORT: '0', NV_DATA_DIR: dataFolder(), ...env });
  openKeys(config.dataFolder);
  return openRunStore(config, randomUUID(), () => undefined);
}

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new TypeError('Nothing was thrown');
}

function expectOneSentence({ stdout, stderr }: { stdout: string; stderr: string }, code: string): void {
  expect(stdout).toBe('');
  // Node itself warns of the variable that the backend refuses.
  const lines = stderr
    .split('\n')
    .filter((line) => line !== '' && !/Warning|node --trace-warnings/.test(line));
  expect(lines[0]).toMatch(new RegExp(`^${code}: .{20,}`));
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain('the-secret');
  // zod's own explanation of a file may take more lines; everything else is one.
  if (code !== 'config.profile_invalid' && code !== 'config.profiles_file_invalid')
    expect(lines).toHaveLength(1);
}
