import { parseArgs } from 'node:util';

import { readConfig } from './config.ts';
import { openKeys } from './data-folder.ts';
import { KEY_COMMANDS, USAGE } from './keys/key-commands.ts';
import { openDoorStore } from './open-stores.ts';

/** `npm run keys -- add|list|rotate|revoke …`: who may use this backend, while it runs. */
async function main(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      scope: { type: 'string' },
      expires: { type: 'string' },
      owner: { type: 'string' },
      overlap: { type: 'string' },
    },
  });
  const [name = '', ...words] = positionals;
  const command = Object.hasOwn(KEY_COMMANDS, name) ? KEY_COMMANDS[name] : null;
  if (!command) throw new Error(USAGE);
  const config = readConfig(process.env);
  // Makes the folder where this is the first thing that is done.
  openKeys(config.dataFolder, config.serverKey);
  const door = await openDoorStore(config, () => undefined, true);
  try {
    return await command(words, values, {
      door,
      base: config.sharing.publicUrl ?? `http://127.0.0.1:${config.port}`,
      now: Date.now(),
    });
  } finally {
    await door.close();
  }
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
