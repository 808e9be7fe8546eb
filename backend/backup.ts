import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { readConfig } from './config.ts';
import { backUp, refuseExisting } from './store/sqlite/back-up.ts';

/**
 * `npm run backup -- <file>`: the runs of the data folder into one file, and whose they are and who may come in into
 * another beside it, while the backend goes on.
 */
async function main(): Promise<string> {
  const [to] = process.argv.slice(2);
  if (!to) throw new Error('Name the file to write: npm run backup -- runs-of-today.db');
  const { databaseUrl, dataFolder } = readConfig(process.env);
  if (databaseUrl !== null) throw new Error('These runs are in PostgreSQL: back them up with pg_dump.');
  const [from, door] = [join(dataFolder, 'runs.db'), join(dataFolder, 'door.db')];
  if (!existsSync(from)) throw new Error(`There is no "${from}". Name the data folder in NV_DATA_DIR.`);
  const doorTo = `${to.replace(/\.db$/, '')}.door.db`;
  const hasDoor = existsSync(door);
  for (const file of hasDoor ? [to, doorTo] : [to]) refuseExisting(file);
  // The door second: it then has the owner of every run that was copied.
  const runs = await backUp({ from, to, table: 'runs' });
  if (!hasDoor) return `${runs} runs in ${to}. The files access-key and server-key are not in it.`;
  const keys = await backUp({ from: door, to: doorTo, table: 'access_keys' }).catch((error: unknown) => {
    // Half a backup would be found out only when it is needed.
    rmSync(to);
    throw error;
  });
  return `${runs} runs in ${to}, ${keys} access keys in ${doorTo}. The files access-key and server-key are in neither.`;
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
