/**
 * `npm run bench:backend`: a thousand verifications at once, ten times over, on SQLite and on two backends that share a
 * PostgreSQL, beside a bare proxy that makes the same two calls; then both backends are restarted under load.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { addedMs, peakMemory, processorMs, quantile, round } from './load/figures.ts';
import { startProgram } from './load/processes.ts';
import { type Backends, type StartedOperator, startBackends, startOperator } from './load/stage.ts';
import { type Done, makeReady, makeReadyBare, type Ready, verify, verifyBare } from './load/verifications.ts';
import { eachOf } from './load/walked.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    atOnce: { type: 'string', default: '1000' },
    only: { type: 'string' },
  },
});
const ROUNDS = Number(values.rounds);
const AT_ONCE = Number(values.atOnce);
/** At how many at once the added time is looked at closely, and over how many. */
const FEW = 50;
const FEW_RUNS = 600;

const missed: string[] = [];
const hold = (what: string, holds: boolean) => {
  if (!holds) missed.push(what);
};

/** Who is measured: how a run is made ready and sent to it, and its processes. */
interface Measurable {
  ready(): Promise<Ready>;
  send(one: Ready): Promise<Done>;
  pids(): readonly number[];
}

interface Measured {
  done: Done[];
  perSecond: number;
  /** Of all its processes, for each run. */
  processorMs: number;
}

/** `count` of them made ready, then all sent, so many at a time. */
async function measure({ ready, send, pids }: Measurable, count: number, atOnce: number): Promise<Measured> {
  const all = await eachOf(Array.from({ length: count }), 50, ready);
  const spent = () => pids().reduce((sum, pid) => sum + processorMs(pid), 0);
  const [started, before] = [performance.now(), spent()];
  const done = await eachOf(all, atOnce, send);
  const perSecond = (count * 1000) / (performance.now() - started);
  return { done, perSecond, processorMs: (spent() - before) / count };
}

async function rounds(one: Measurable) {
  const many: Measured[] = [];
  for (let at = 0; at < ROUNDS; at += 1) many.push(await measure(one, AT_ONCE, AT_ONCE));
  // Last, when everything has been compiled that runs often.
  const few = await measure(one, FEW_RUNS, FEW);
  const middle = (name: 'perSecond' | 'processorMs') =>
    quantile(
      many.map((round) => round[name]),
      0.5,
    );
  return {
    few,
    all: many.flatMap(({ done }) => done),
    perSecond: middle('perSecond'),
    processorMs: middle('processorMs'),
  };
}

async function bare({ operator }: StartedOperator): Promise<number> {
  const proxy = await startProgram<{ url: string }>(new URL('./load/bare-proxy.ts', import.meta.url), {
    operator,
  });
  const { few, all, perSecond, processorMs } = await rounds({
    ready: () => makeReadyBare(operator),
    send: (one) => verifyBare(proxy.said.url, one),
    pids: () => [proxy.child.pid ?? 0],
  });
  hold(
    'the bare proxy answered all',
    all.every(({ verdict }) => verdict === 'match'),
  );
  await proxy.stop();
  console.table([
    {
      what: 'bare proxy',
      'runs/s': round(perSecond),
      'processor ms/run': round(processorMs),
      'p50 at 50 (ms)': round(
        quantile(
          few.done.map(({ ms }) => ms),
          0.5,
        ),
      ),
    },
  ]);
  return perSecond;
}

async function backend(
  started: StartedOperator,
  where: 'sqlite' | 'postgres',
  yardstick: number,
): Promise<void> {
  const { operator } = started;
  const before = (await started.counters()).token;
  const backends = await startBackends(operator, where, where === 'postgres' ? 2 : 1);
  const { urls, key } = backends;
  const { few, all, perSecond, processorMs } = await rounds({
    ready: () => makeReady(urls, key, operator),
    send: (one) => verify(urls, key, one),
    pids: () => backends.pids,
  });
  const calls = (await started.counters()).token - before;
  const ended = all.filter(({ verdict }) => verdict === 'match').length;
  const ids = new Set(all.map(({ id }) => id)).size;
  console.table([
    {
      what: where,
      'runs/s': round(perSecond),
      'processor ms/run': round(processorMs),
      'of the bare proxy': round(perSecond / yardstick),
      'added p50 at 50 (ms)': round(quantile(addedMs(few.done), 0.5)),
      [`added p50, p99 at ${AT_ONCE}`]: `${round(quantile(addedMs(all), 0.5))}, ${round(quantile(addedMs(all), 0.99))}`,
      ended: `${ended} of ${ROUNDS * AT_ONCE}`,
      'token calls': calls,
      'peak MiB': backends.pids.map(peakMemory).join(', '),
    },
  ]);
  hold(`${where}: every run ended as match, once`, ended === ROUNDS * AT_ONCE && ids === ended);
  hold(`${where}: one token call a run`, calls === ROUNDS * AT_ONCE + FEW_RUNS);
  hold(`${where}: at least half of what the bare proxy does`, perSecond / yardstick >= 0.5);
  hold(`${where}: at most 10 ms more at ${FEW} at once`, quantile(addedMs(few.done), 0.5) <= 10);
  if (where === 'postgres') await restart(started, backends);
  await backends.stop();
}

/** Both, one after the other, in the middle of it; clients go to whichever is there. */
async function restart({ operator }: StartedOperator, backends: Backends): Promise<void> {
  const { urls, key } = backends;
  const count = AT_ONCE * 3;
  const all = await eachOf(Array.from({ length: count }), 50, () => makeReady(urls, key, operator));
  const sent = eachOf(all, FEW * 2, (one) => verify(urls, key, one));
  const stops = [await backends.restart(0), await backends.restart(1)];
  const done = await sent;
  const ended = done.filter(({ verdict }) => verdict === 'match').length;
  console.table([
    {
      what: 'rolling restart',
      ended: `${ended} of ${count}`,
      'exit codes': stops.map(({ code }) => code).join(', '),
      'stopped within (ms)': Math.round(Math.max(...stops.map(({ ms }) => ms))),
    },
  ]);
  hold('rolling restart: nothing lost, nothing ended by the other', ended === count);
  hold(
    'rolling restart: exit 0 within 10 s',
    stops.every(({ code, ms }) => code === 0 && ms <= 10_000),
  );
}

console.log(
  `${new Date().toISOString()}  node ${process.version}  ${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}`,
);
const operator = await startOperator();
const yardstick = await bare(operator);
for (const where of ['sqlite', 'postgres'] as const)
  if (!values.only || values.only === where) await backend(operator, where, yardstick);
await operator.stop();
for (const one of missed) console.log(`missed: ${one}`);
process.exit(missed.length === 0 ? 0 : 1);
