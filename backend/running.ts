import type { FastifyInstance } from 'fastify';

import { addReadings, createMetrics, type Metrics } from './monitoring/metrics.ts';
import { addConnections, type Connections } from './plugins/connections.ts';
import { addOverload, type OverloadLimits } from './plugins/overload.ts';
import { addRequestLog } from './plugins/request-log.ts';
import { addShutdown, type Shutdown } from './plugins/shutdown.ts';
import { addHealthz } from './routes/healthz.ts';
import { addMetrics } from './routes/metrics.ts';
import { addReadyz } from './routes/readyz.ts';
import type { DoorStore } from './store/door/door-store.ts';
import type { RunLeases } from './store/run-leases.ts';
import type { RunStore } from './store/run-store.ts';

export interface RunningOptions {
  /** From when on requests are refused for the sake of those that were accepted; never if left out. */
  overload?: OverloadLimits;
  /** Milliseconds in which what is in flight may come to its end when the app is closed. */
  graceMs?: number;
  /** Connections at most. */
  mostConnections?: number;
  /** Of the one app of a process: its metrics are those of the process as well. */
  isProcess?: boolean;
  logLinesDropped?: () => number;
}

export interface Running {
  metrics: Metrics;
  shutdown: Shutdown;
  connections: Connections;
  logLinesDropped(): number;
  isUnderPressure(): boolean;
}

/** What is asked of every request before anything else: whether there is time and room for it. */
export async function addRunning(app: FastifyInstance, options: RunningOptions): Promise<Running> {
  const { overload, graceMs, mostConnections = 10_000, isProcess = false } = options;
  const metrics = createMetrics(isProcess);
  const shutdown = addShutdown(app, graceMs);
  const connections = addConnections(app, mostConnections);
  if (overload) await addOverload(app, overload);
  addRequestLog(app, metrics);
  return {
    metrics,
    shutdown,
    connections,
    logLinesDropped: options.logLinesDropped ?? (() => 0),
    isUnderPressure: () => overload !== undefined && app.isUnderPressure(),
  };
}

/** The routes of whoever watches over it. */
export function addProbes(
  app: FastifyInstance,
  running: Running,
  { store, door, leases }: { store: RunStore; door: DoorStore; leases: RunLeases },
): void {
  const { metrics, connections, logLinesDropped } = running;
  addReadings(metrics, { runsCarried: leases.carried, connections: connections.count, logLinesDropped });
  addHealthz(app);
  addReadyz(app, { store, door, ...running });
  addMetrics(app, metrics);
}
