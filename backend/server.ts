import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { CALLBACK_PATH } from '#protocol/handoff.ts';
import { isLoopback } from '#protocol/redirect-uri.ts';

import { buildApp } from './build-app.ts';
import { readConfig } from './config.ts';
import { openKeys } from './data-folder.ts';
import { endOnSignals } from './end-process.ts';
import { keyedDigest } from './legs/derived-values.ts';
import { listen } from './listen.ts';
import { openLogSink } from './monitoring/log-sink.ts';
import { storeFaultLine } from './monitoring/store-fault-line.ts';
import { mostConnections } from './open-files.ts';
import { openDoorStore, openRunStore } from './open-stores.ts';
import { usualLimits } from './plugins/overload.ts';
import { simulatedProfile } from './simulated-profile.ts';
import { startSimulatedOperator } from './simulator/simulated-operator.ts';
import { StartError } from './start-error.ts';
import type { DoorStore } from './store/door/door-store.ts';

/** The backend for real use: `.env` in, the pairing line out. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { sharing } = config;
  const keys = openKeys(config.dataFolder, config.serverKey);
  // stdout belongs to the pairing line.
  const sink = openLogSink(process.stderr);
  const report = (error: unknown) => sink.write(storeFaultLine(error, Date.now()));
  const store = await openRunStore(config, randomUUID(), report);
  const door = await openDoorStore(config, report);
  if (config.databaseUrl !== null) await refuseOtherServerKey(door, keys.serverKey);
  // Its names lead every browser to its own machine: for others than ours there is nothing to be found.
  const isSimulated = sharing.publicUrl === null || isLoopback(new URL(sharing.publicUrl).hostname);
  const operator = isSimulated
    ? await startSimulatedOperator({
        mode: 'loopback',
        client: { id: 'simulated-client', secret: 'simulated-secret' },
        ...(sharing.publicUrl ? { redirectUri: `${sharing.publicUrl}${CALLBACK_PATH}` } : {}),
      })
    : null;
  const app = await buildApp({
    store,
    profiles: [...config.profiles, ...(operator ? [simulatedProfile(operator)] : [])],
    door,
    sharing,
    rates: config.rates,
    isOneOfSeveral: config.databaseUrl !== null,
    serverKey: keys.serverKey,
    // Where several people come in, each has a key of their own.
    accessKey: sharing.publicUrl === null ? keys.accessKey : null,
    retentionDays: config.retentionDays,
    log: { level: config.logLevel, write: sink.write },
    running: {
      overload: usualLimits(),
      mostConnections: mostConnections(),
      isProcess: true,
      logLinesDropped: () => sink.dropped,
    },
  });
  const stop = async () => {
    await app.close();
    await operator?.close();
  };
  // Before the pairing line: whoever reads it may end us at once.
  endOnSignals({ stop, logFatal: (fields, message) => app.log.fatal(fields, message), sink });
  // A backend that cannot listen must not stay for the sake of its store, or of the operator it would have played.
  const port = await listen(app, config.port, sharing.listenHost).catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  const names = [
    ...config.profiles.map(({ profile }) => profile.name),
    ...(operator ? ['Simulated operator (loopback http)'] : []),
  ];
  console.error(
    config.profiles.length > 0
      ? `Profiles: ${names.join(', ')}.`
      : `No operator is configured (see .env.example): ${operator ? 'only the simulated operator is offered, over loopback http' : 'nothing can be verified yet'}.`,
  );
  const days = config.retentionDays;
  console.error(
    `Runs are kept in ${config.databaseUrl ? 'PostgreSQL' : join(config.dataFolder, 'runs.db')}, ${days === 0 ? 'for good' : `for ${days} days`}.`,
  );
  if (sharing.publicUrl !== null) {
    console.error(
      `Reached as ${sharing.publicUrl}. For each person or device: npm run keys -- add "Pixel 8 Berlin"`,
    );
    console.log(`Listening on ${sharing.listenHost}:${port}`);
    return;
  }
  console.error('Paste this pairing line into the extension:');
  console.log(`http://127.0.0.1:${port}/#${keys.accessKey}`);
}

/** Instances with different keys would each refuse the callbacks of the others' runs. */
async function refuseOtherServerKey(door: DoorStore, serverKey: Buffer): Promise<void> {
  const own = keyedDigest(serverKey, 'agreed', 'server-key');
  if ((await door.agreeOn('server-key', own)) === own) return;
  throw new StartError(
    'config.server_key_differs',
    'The runs here were made with another server key. Give every instance the same one: NV_SERVER_KEY, or the file server-key of the data folder.',
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 2;
}
