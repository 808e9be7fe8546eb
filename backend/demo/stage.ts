import { randomBytes } from 'node:crypto';

import { Run } from '#protocol/run.ts';

import { buildApp } from '../build-app.ts';
import type { ServerProfile } from '../legs/provider.ts';
import { listen } from '../listen.ts';
import { simulatedProfile } from '../simulated-profile.ts';
import { type SimulatedOperator, startSimulatedOperator } from '../simulator/simulated-operator.ts';
import { createMemoryRunStore } from '../store/memory-run-store.ts';
import type { RunStore } from '../store/run-store.ts';

/** The simulated operator and a backend for it, both on this machine, with keys made for this occasion. */
export interface Stage {
  operator: SimulatedOperator;
  backendUrl: string;
  accessKey: string;
  pairingLine: string;
  /** The run as the backend has it. */
  readRun(id: string): Promise<Run>;
  close(): Promise<void>;
}

export interface StageOptions {
  hopDelayMs?: number;
  slowHopMs?: number;
  log?: { level: string; write: (line: string) => void };
  /** Where runs are kept; in memory if left out. */
  store?: RunStore;
  /** Profiles beside the simulated operator's, and changes to that one. */
  profiles?: ServerProfile[];
  adjust?: (simulated: ServerProfile) => ServerProfile;
}

export async function setStage({
  hopDelayMs = 0,
  slowHopMs = 4000,
  log = { level: 'warn', write: (line) => process.stderr.write(line) },
  store = createMemoryRunStore(),
  profiles = [],
  adjust = (simulated) => simulated,
}: StageOptions = {}): Promise<Stage> {
  const operator = await startSimulatedOperator({
    mode: 'tls',
    client: { id: 'simulated-client', secret: randomBytes(18).toString('base64url') },
    hopDelayMs,
    slowHopMs,
  });
  const accessKey = `nvi_${randomBytes(24).toString('base64url')}`;
  const app = await buildApp({
    store,
    profiles: [adjust(simulatedProfile(operator)), ...profiles],
    accessKey,
    serverKey: randomBytes(32),
    log,
  });
  const backendUrl = `http://127.0.0.1:${await listen(app, 0)}`;
  return {
    operator,
    backendUrl,
    accessKey,
    pairingLine: `${backendUrl}/#${accessKey}`,
    async readRun(id) {
      const response = await fetch(`${backendUrl}/v1/runs/${id}`, {
        headers: { authorization: `Bearer ${accessKey}` },
      });
      return Run.parse(await response.json());
    },
    async close() {
      await app.close();
      await operator.close();
    },
  };
}
