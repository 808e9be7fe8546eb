/** A backend like ours with the operator that its settings name, to which it gives a second and a half. */
import { randomUUID } from 'node:crypto';

import { buildApp } from '../../backend/build-app.ts';
import { readConfig } from '../../backend/config.ts';
import { openKeys } from '../../backend/data-folder.ts';
import { listen } from '../../backend/listen.ts';
import { openRunStore } from '../../backend/open-stores.ts';

const config = readConfig(process.env);
const keys = openKeys(config.dataFolder, config.serverKey);
const app = await buildApp({
  store: await openRunStore(config, randomUUID(), () => undefined),
  profiles: config.profiles.map((one) => ({ ...one, deadlineMs: 1500 })),
  ...keys,
  log: { level: 'silent', write: () => undefined },
});
console.log(`http://127.0.0.1:${await listen(app, 0)}/#${keys.accessKey}`);
