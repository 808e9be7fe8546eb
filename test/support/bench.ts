/** The real backend on a real socket, in front of the real simulated operator. */
import { randomUUID } from 'node:crypto';

import type { CreateRunRequest } from '#protocol/backend-api.ts';
import { CALLBACK_PATH } from '#protocol/handoff.ts';

import { type AppOptions, buildApp } from '../../backend/build-app.ts';
import type { ServerProfile } from '../../backend/legs/provider.ts';
import type { RunningOptions } from '../../backend/running.ts';
import type { Sharing } from '../../backend/sharing.ts';
import { simulatedProfile } from '../../backend/simulated-profile.ts';
import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../backend/simulator/simulated-operator.ts';
import type { DoorStore } from '../../backend/store/door/door-store.ts';
import { createMemoryRunStore } from '../../backend/store/memory-run-store.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { refuseSecrets, secretsOf, watchStore } from './secret-scan.ts';

export const ACCESS_KEY = 'nvi_a-key-that-only-this-test-knows';
export const SERVER_KEY = Buffer.alloc(32, 9);
export const OPERATOR_CLIENT = { id: 'client-1', secret: 'canary-client-secret:+%é' };

export interface Bench {
  operator: SimulatedOperator;
  url: string;
  /** Every line logged so far, from level trace. */
  log: string[];
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Profiles beside the simulated one. */
  profiles?: ServerProfile[];
  /** The same, made from the simulated one. */
  variants?: (simulated: ServerProfile) => ServerProfile[];
  /** How long the simulated operator may take for an answer; what a real one may if left out. */
  deadlineMs?: number;
  store?: RunStore;
  door?: DoorStore;
  sharing?: Sharing;
  /** The backend’s clock for what lasts minutes. */
  now?: () => number;
  /** A free one if left out; one that is known beforehand may be part of its public address. */
  port?: number;
  /** What it does when it is asked for too much, and when it ends. */
  running?: RunningOptions;
  /** What one caller may ask for, and how slowly. */
  limits?: Pick<AppOptions, 'rates' | 'isOneOfSeveral' | 'patience'>;
}

export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const { profiles = [], variants = () => [], deadlineMs, store, now, door, sharing } = options;
  const { running, limits, port = 0 } = options;
  const operator = await startSimulatedOperator({
    mode: 'tls',
    client: OPERATOR_CLIENT,
    ...(sharing?.publicUrl ? { redirectUri: `${sharing.publicUrl}${CALLBACK_PATH}` } : {}),
  });
  const simulated = { ...simulatedProfile(operator), ...(deadlineMs ? { deadlineMs } : {}) };
  const log: string[] = [];
  const runs = watchStore(store ?? createMemoryRunStore());
  const app = await buildApp({
    store: runs,
    profiles: [...profiles, ...variants(simulated), simulated],
    accessKey: sharing?.publicUrl ? null : ACCESS_KEY,
    serverKey: SERVER_KEY,
    log: { level: 'trace', write: (line) => void log.push(line) },
    ...(now ? { now } : {}),
    ...(door ? { door } : {}),
    ...(sharing ? { sharing } : {}),
    ...(running ? { running } : {}),
    ...limits,
  });
  // Both ends of a bench are in one process, and a test may keep it busy: no connection is closed for being idle just as
  // it is used again, and no request is late because nobody had time to read it.
  if (!limits?.patience)
    Object.assign(app.server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
  const url = await app.listen({ host: '127.0.0.1', port });
  return {
    operator,
    url,
    log,
    close: async () => {
      const records = await runs.all().catch(() => []);
      await app.close();
      await operator.close();
      // Over the whole of the tests: what a bench was told is in no line and in no record of it (PR2, PR3).
      const secrets = secretsOf(operator, ACCESS_KEY, SERVER_KEY.toString('base64url'));
      refuseSecrets('the log', log.join(''), secrets);
      refuseSecrets('a record', JSON.stringify(records), secrets);
    },
  };
}

/** Any call, with the key unless told otherwise. */
export function call(
  bench: Pick<Bench, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(bench.url + path, {
    method,
    headers: {
      authorization: `Bearer ${ACCESS_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

export function createRequest(change: Partial<CreateRunRequest> = {}): CreateRunRequest {
  return {
    id: randomUUID(),
    profileId: 'simulated',
    scenario: 'match',
    capture: 'fetch',
    startedAt: Date.now(),
    utcOffsetMinutes: 60,
    localDay: '2026-11-22',
    number: { mask: '+44 •••• •••901', country: 'GB' },
    conditions: { bearer: { value: '5g', basis: 'stated', at: Date.now() } },
    expectation: 'match',
    ...change,
  };
}
