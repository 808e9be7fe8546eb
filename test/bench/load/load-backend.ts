/** A process of its own: the backend as `npm start` puts it together, with the operator of the bench as its only profile. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';

import { buildApp } from '../../../backend/build-app.ts';
import { endOnSignals } from '../../../backend/end-process.ts';
import { listen } from '../../../backend/listen.ts';
import { openLogSink } from '../../../backend/monitoring/log-sink.ts';
import { mostConnections } from '../../../backend/open-files.ts';
import { openDoorStore, openRunStore } from '../../../backend/open-stores.ts';
import { usualLimits } from '../../../backend/plugins/overload.ts';
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
// Lines are written as `npm start` writes them, to where nobody reads.
const sink = openLogSink(createWriteStream('/dev/null'));
const app = await buildApp({
  store: await openRunStore(place, randomUUID(), report),
  door: await openDoorStore(place, report),
  profiles: [simulatedProfile(operator)],
  accessKey: null,
  sharing: { ...LOOPBACK_ONLY, publicUrl: 'http://127.0.0.1' },
  serverKey: Buffer.from(serverKey, 'base64url'),
  log: { level: 'info', write: sink.write },
  running: { overload: usualLimits(), mostConnections: mostConnections(), isProcess: true },
});
endOnSignals({
  stop: () => app.close(),
  logFatal: (fields, message) => app.log.fatal(fields, message),
  sink,
});
const listening = await listen(app, port);
process.send?.({ url: `http://127.0.0.1:${listening}`, pid: process.pid });
