/** The backend under attack, by its operator and by its callers: `npm run bench:attack`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

import { API_ATTACKS } from './attack-api.ts';
import { type AttackedBackend, LEGS, profileOf, startAttackedBackend } from './attack-backend.ts';
import { ATTACKS } from './attack-list.ts';
import { startAttackOperator } from './attack-operator.ts';
import { type Watched, watch } from './attack-watch.ts';

/** Runs that meet the same attack at the same time. */
const AT_ONCE = 4;
/** Limits: milliseconds of a leg with what a busy machine adds, megabytes, and milliseconds that others wait longer than when it is quiet. */
const LEG_MS = 9000;
const RSS_MB = 64;
const OTHERS_MS = 250;

type Row = Record<string, string | number>;

if (process.argv[2] === 'operator') await startAttackOperator();
else process.exitCode = (await attackAll()) ? 0 : 1;

async function attackAll(): Promise<boolean> {
  console.log(
    `${new Date().toISOString()}  node ${process.version}  ${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}`,
  );
  const operator = fork(fileURLToPath(import.meta.url), ['operator']);
  const [port] = (await once(operator, 'message')) as [number];
  const backend = await startAttackedBackend(port);
  try {
    // The first runs compile what all others use.
    await watch(backend, () => new Promise((resolve) => setTimeout(resolve, 3000)));
    const quiet = await watch(backend, () => new Promise((resolve) => setTimeout(resolve, 3000)));
    const rowOf = rowsBeside(quiet.healthzP99);
    const rows: Row[] = [rowOf('quiet', '', '', quiet, true)];
    for (const [at, { name, named }] of ATTACKS.entries()) {
      for (const leg of LEGS) {
        const seen = await watch(backend, () => attackOnce(backend, profileOf(at, leg)));
        rows.push(rowOf(name, leg, seen.result, seen, seen.result === named[leg] && seen.tookMs < LEG_MS));
      }
    }
    for (const { name, act, expected, within } of API_ATTACKS) {
      const seen = await watch(backend, () => act(backend));
      rows.push(rowOf(name, 'api', seen.result, seen, seen.result === expected && seen.tookMs < within));
    }
    console.table(rows);
    const failed = rows.filter(({ ok }) => ok !== 'yes').length;
    console.log(
      failed === 0
        ? 'Every attack was named, in time, and at nobody’s cost.'
        : `${failed} rows are beyond a limit.`,
    );
    return failed === 0;
  } finally {
    await backend.close();
    operator.disconnect();
  }
}

/** The failure that all of them ended with, or all of theirs. */
async function attackOnce(backend: AttackedBackend, profileId: string): Promise<string> {
  const runs = await Promise.all(Array.from({ length: AT_ONCE }, () => backend.run(profileId)));
  return [...new Set(runs.map(({ failure, verdict }) => failure?.code ?? String(verdict)))].join(', ');
}

function rowsBeside(quietMs: number) {
  return (attack: string, at: string, named: string, seen: Watched<unknown>, asExpected: boolean): Row => {
    const { tookMs, rssGrowth, healthzP99, runP99 } = seen;
    const ok = asExpected && rssGrowth < RSS_MB && healthzP99 - quietMs < OTHERS_MS;
    return {
      attack,
      at,
      named,
      tookMs: Math.round(tookMs),
      'RSS +MB': Math.round(rssGrowth * 10) / 10,
      'healthz p99 ms': Math.round(healthzP99 * 10) / 10,
      'healthy run p99 ms': Math.round(runP99 * 10) / 10,
      ok: ok ? 'yes' : 'NO',
    };
  };
}
