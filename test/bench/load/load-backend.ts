/** A process of its own: the backend as `npm start` puts it together, with the operator of the bench as its only profile. */
import { randomUUID } from 'node:crypto';

import { buildApp } from '../../../backend/build-app.ts';
import { listen } from '../../../backend/listen.ts';
import { openDoorStore, openRunStore } from '../../../backend/open-stores.ts';
import { LOOPBACK_ONLY } from '../../../backend/sharing.ts';
import { simulatedProfile } from '../../../backend/simulated-profile.ts';
import type { SimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';

export interface BackendOptions {
  operator: SimulatedOperator;
  databaseUrl: string | null;
  dataFolder: string;
  serverKey: string;
  port: number;
}

const { operator, serverKey, port, ...place } = JSON.parse(process.argv[2] ?? '{}') as BackendOptions;
const report = (error: unknown) => console.error(error);
const app = await buildApp({
  store: await openRunStore(place, randomUUID(), report),
  door: await openDoorStore(place, report),
  profiles: [simulatedProfile(operator)],
  accessKey: null,
  sharing: { ...LOOPBACK_ONLY, publicUrl: 'http://127.0.0.1' },
  serverKey: Buffer.from(serverKey, 'base64url'),
  log: { level: 'error', write: (line) => void process.stderr.write(line) },
});
const listening = await listen(app, port);
process.once('SIGTERM', () => {
  app.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.send?.({ url: `http://127.0.0.1:${listening}`, pid: process.pid });
