/** The negative control: a backend like ours, whose store acknowledges a run before it has committed it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { buildApp } from '../../backend/build-app.ts';
import { openKeys } from '../../backend/data-folder.ts';
import { listen } from '../../backend/listen.ts';
import { openRunStore } from '../../backend/open-stores.ts';
import { simulatedProfile } from '../../backend/simulated-profile.ts';
import { startSimulatedOperator } from '../../backend/simulator/simulated-operator.ts';
import type { RunStore } from '../../backend/store/run-store.ts';

/** Milliseconds for which what was acknowledged is not written yet: most of a client's round, so that one kill finds it out. */
const BEHIND_MS = 100;

function acknowledgingEarly(store: RunStore): RunStore {
  const behind = new Map<string, Promise<unknown>>();
  return {
    ...store,
    async create(run, created, digest) {
      behind.set(
        run.id,
        delay(BEHIND_MS).then(() => store.create(run, created, digest)),
      );
      return true;
    },
    async read(id) {
      await behind.get(id);
      return store.read(id);
    },
  };
}

const folder = process.env.NV_DATA_DIR ?? '';
const keys = openKeys(folder);
const operator = await startSimulatedOperator({
  mode: 'loopback',
  client: { id: 'client', secret: 'secret' },
});
const app = await buildApp({
  store: acknowledgingEarly(
    await openRunStore({ databaseUrl: null, dataFolder: folder }, randomUUID(), () => undefined),
  ),
  profiles: [simulatedProfile(operator)],
  ...keys,
  log: { level: 'silent', write: () => undefined },
});
console.log(`http://127.0.0.1:${await listen(app, 0)}/#${keys.accessKey}`);
