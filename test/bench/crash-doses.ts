/** Kills a real backend in the middle of its writes, again and again, and counts what it had acknowledged and has not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { pairedWith } from '../support/loopback-walker.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { type Acknowledged, missing, startLoad } from './crash-load.ts';

export interface Doses {
  doses: number;
  acknowledgedRuns: number;
  /** Runs and streamed events: every single thing a client was told. */
  acknowledgedSteps: number;
  lost: Set<string>;
  damaged: string[];
  /** From the start of the next process to its pairing line (ms). */
  readyMs: number[];
}

interface DoseOptions {
  doses: number;
  broken: boolean;
  /** Makes an empty PostgreSQL database; without it runs are in the data folder. */
  database?: () => Promise<string>;
  tell?: (line: string) => void;
}

const BROKEN = fileURLToPath(new URL('./broken-backend.ts', import.meta.url));
/** So many kills of one file, then a new one: looking a file through takes as long as the file is. */
const KILLS_A_FILE = 25;

export async function crashDoses({
  doses,
  broken,
  database,
  tell = () => undefined,
}: DoseOptions): Promise<Doses> {
  const result: Doses = {
    doses,
    acknowledgedRuns: 0,
    acknowledgedSteps: 0,
    lost: new Set(),
    damaged: [],
    readyMs: [],
  };
  const root = mkdtempSync(path.join(tmpdir(), 'crash-'));
  try {
    for (let done = 0; done < doses; done += KILLS_A_FILE) {
      const folder = mkdtempSync(path.join(root, 'data-'));
      const env = database ? { DATABASE_URL: await database() } : {};
      const start = () => startBackend(folder, broken, env);
      const damage = () => (database ? [] : damageOf(path.join(folder, 'runs.db')));
      await killAgainAndAgain(start, damage, Math.min(KILLS_A_FILE, doses - done), result);
      rmSync(folder, { recursive: true });
      tell(
        `${Math.min(done + KILLS_A_FILE, doses)} of ${doses}: ${result.acknowledgedRuns} runs acknowledged, ${result.lost.size} lost`,
      );
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return result;
}

async function killAgainAndAgain(
  start: () => ServerProcess,
  damage: () => string[],
  kills: number,
  result: Doses,
): Promise<void> {
  let before: Acknowledged[] = [];
  const everything: Acknowledged[] = [];
  for (let kill = 0; kill <= kills; kill += 1) {
    const started = performance.now();
    const server = start();
    try {
      const backend = pairedWith(await server.pairingLine);
      if (kill > 0) result.readyMs.push(performance.now() - started);
      // What the last one acknowledged; and at the end, what all of them did.
      for (const one of kill === kills ? everything : before) {
        for (const lost of await missing(backend, one)) result.lost.add(lost);
      }
      result.damaged.push(...damage());
      if (kill === kills) return;
      const load = startLoad(backend);
      await load.underWay;
      await delay(5 + Math.random() * 145);
      server.child.kill('SIGKILL');
      await Promise.all([server.exit, load.over()]);
      before = [...load.acknowledged.values()];
      everything.push(...before);
      result.acknowledgedRuns += before.length;
      result.acknowledgedSteps += before.reduce((sum, { events }) => sum + 1 + events.length, 0);
    } finally {
      server.child.kill('SIGKILL');
      await server.exit;
    }
  }
}

function startBackend(folder: string, broken: boolean, more: Record<string, string>): ServerProcess {
  const env = { NV_PORT: '0', NV_DATA_DIR: folder, NV_LOG_LEVEL: 'silent', ...more };
  return startServer(env, path.dirname(folder), ...(broken ? [BROKEN] : []));
}

function damageOf(file: string): string[] {
  const sqlite = new DatabaseSync(file, { readOnly: true });
  const found = sqlite
    .prepare('pragma integrity_check')
    .all()
    .map((row) => String(row.integrity_check));
  sqlite.close();
  return found.filter((line) => line !== 'ok');
}
