import { join } from 'node:path';

import { readConfig } from './config.ts';
import { backUp } from './store/sqlite/back-up.ts';

/** `npm run backup -- <file>`: the runs of the data folder into one file, while the backend goes on. */
async function main(): Promise<string> {
  const [to] = process.argv.slice(2);
  if (!to) throw new Error('Name the file to write: npm run backup -- runs-of-today.db');
  const { databaseUrl, dataFolder } = readConfig(process.env);
  if (databaseUrl !== null) throw new Error('These runs are in PostgreSQL: back them up with pg_dump.');
  const runs = await backUp(join(dataFolder, 'runs.db'), to);
  return `${runs} runs in ${to}. The keys beside them, access-key and server-key, are not in it.`;
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
