import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What is counted. Every label is of a closed list, or a profile's id: nothing that a request or an operator can choose,
 * since each new value would be kept for as long as the process lives.
 */
export interface Metrics {
  registry: Registry;
  runsEnded: Counter<'verdict' | 'failure' | 'cause' | 'origin'>;
  legSeconds: Histogram<'leg' | 'outcome'>;
  upstreamErrors: Counter<'profile' | 'endpoint' | 'code'>;
  requests: Counter<'method' | 'route' | 'status'>;
}

/** What is read at the moment somebody asks. */
export interface Readings {
  runsCarried(): number;
  connections(): number;
  logLinesDropped(): number;
}

/** Seconds; a leg has eight for each of up to three requests. */
const LEG_BUCKETS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 16, 30];

/** `ofProcess` adds memory, CPU, open files, garbage collection and event-loop delay, which one process has once. */
export function createMetrics(ofProcess: boolean): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    runsEnded: new Counter({
      name: 'nvi_runs_ended_total',
      help: 'Runs that this process brought to their end.',
      labelNames: ['verdict', 'failure', 'cause', 'origin'],
      registers,
    }),
    legSeconds: new Histogram({
      name: 'nvi_leg_seconds',
      help: 'How long the legs of runs took; authorize as the browser measured it.',
      labelNames: ['leg', 'outcome'],
      buckets: LEG_BUCKETS,
      registers,
    }),
    upstreamErrors: new Counter({
      name: 'nvi_upstream_errors_total',
      help: 'Requests to operators without an answer (dns, tls, connect, ...) or answered with 4xx or 5xx.',
      labelNames: ['profile', 'endpoint', 'code'],
      registers,
    }),
    requests: new Counter({
      name: 'nvi_http_requests_total',
      help: 'Answers of this backend, by route.',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
  };
}

export function addReadings({ registry }: Metrics, readings: Readings): void {
  const registers = [registry];
  new Gauge({
    name: 'nvi_runs_carried',
    help: 'Runs that this process is carrying to their end.',
    registers,
    collect() {
      this.set(readings.runsCarried());
    },
  });
  new Gauge({
    name: 'nvi_http_connections',
    help: 'Open connections to this backend.',
    registers,
    collect() {
      this.set(readings.connections());
    },
  });
  new Counter({
    name: 'nvi_log_lines_dropped_total',
    help: 'Log lines that could not be written.',
    registers,
    collect() {
      this.reset();
      this.inc(readings.logLinesDropped());
    },
  });
}
