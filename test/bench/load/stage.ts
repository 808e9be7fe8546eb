/** An operator and the backends in front of it, each a process of its own, as a team would run them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { addKey } from '../../../backend/access/access-key.ts';
import { openDoorStore } from '../../../backend/open-stores.ts';
import type { SimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';
import { startPostgres } from '../../support/postgres.ts';
import type { BackendOptions } from './load-backend.ts';
import { ask, type Program, startProgram } from './processes.ts';

type Counters = SimulatedOperator['counters'];
export type StartedOperator = {
  operator: SimulatedOperator;
  counters(): Promise<Counters>;
  stop(): Promise<unknown>;
};

export async function startOperator(): Promise<StartedOperator> {
  const program = await startProgram<{ operator: SimulatedOperator }>(
    new URL('./load-operator.ts', import.meta.url),
  );
  return {
    operator: program.said.operator,
    counters: async () => (await ask<{ counters: Counters }>(program, 'counters')).counters,
    stop: async () => {
      program.child.disconnect();
      return program.stop();
    },
  };
}

export interface Backends {
  /** Where each of them is; stays the same over a restart. */
  urls: string[];
  pids: number[];
  key: string;
  /** Ends one and starts it again at its place. */
  restart(at: number): Promise<{ code: number | null; ms: number }>;
  stop(): Promise<void>;
}

/** `instances` of them: on one PostgreSQL, or the only one on SQLite. */
export async function startBackends(
  operator: SimulatedOperator,
  where: 'sqlite' | 'postgres',
  instances: number,
): Promise<Backends> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'load-'));
  const postgres = where === 'postgres' ? await startPostgres() : null;
  const databaseUrl = (await postgres?.database()) ?? null;
  const options: BackendOptions = {
    operator,
    databaseUrl,
    dataFolder,
    serverKey: randomBytes(32).toString('base64url'),
    port: 0,
  };
  const start = (port: number) =>
    startProgram<{ url: string; pid: number }>(new URL('./load-backend.ts', import.meta.url), {
      ...options,
      port,
    });
  const programs: Program<{ url: string; pid: number }>[] = [];
  for (let at = 0; at < instances; at += 1) programs.push(await start(0));
  const door = await openDoorStore({ databaseUrl, dataFolder }, (error) => console.error(error));
  const { key } = await addKey(door, { label: 'load', scope: 'run', expiresAt: null }, Date.now());
  await door.close();
  return {
    urls: programs.map(({ said }) => said.url),
    get pids() {
      return programs.map(({ said }) => said.pid);
    },
    key,
    async restart(at) {
      const program = programs[at];
      if (!program) throw new Error(`There is no backend ${at}`);
      const ended = await program.stop();
      programs[at] = await start(Number(new URL(program.said.url).port));
      return ended;
    },
    async stop() {
      await Promise.all(programs.map((program) => program.stop()));
      await postgres?.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
}
