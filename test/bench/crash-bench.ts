/** `npm run bench:crash -- --dose 500`; with `--broken` the same against a backend that acknowledges too early, which has to fail; with `--postgres` runs are there. */
import { parseArgs } from 'node:util';

import { startPostgres } from '../support/postgres.ts';
import { crashDoses } from './crash-doses.ts';

const { values } = parseArgs({
  options: {
    dose: { type: 'string', default: '500' },
    broken: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
  },
});
const doses = Number(values.dose);
if (!Number.isInteger(doses) || doses < 1) throw new Error('--dose is a number of kills');

const postgres = values.postgres ? await startPostgres() : null;
const result = await crashDoses({
  doses,
  broken: values.broken,
  ...(postgres ? { database: () => postgres.database() } : {}),
  tell: (line) => console.error(line),
});
await postgres?.close();
const ready = result.readyMs.toSorted((a, b) => a - b);
const at = (share: number) =>
  Math.round(ready[Math.min(ready.length - 1, Math.floor(ready.length * share))] ?? 0);
console.table([
  {
    kills: result.doses,
    'runs acknowledged': result.acknowledgedRuns,
    'steps acknowledged': result.acknowledgedSteps,
    lost: result.lost.size,
    damaged: result.damaged.length,
    'ready again p50 (ms)': at(0.5),
    'p95 (ms)': at(0.95),
  },
]);
for (const line of [...result.lost, ...result.damaged].slice(0, 20)) console.log(line);
if (result.lost.size + result.damaged.length > 0) process.exitCode = 1;
