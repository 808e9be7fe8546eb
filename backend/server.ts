import { buildApp } from './build-app.ts';
import { readConfig } from './config.ts';
import { openKeys } from './data-folder.ts';
import { listen } from './listen.ts';
import { simulatedProfile } from './simulated-profile.ts';
import { startSimulatedOperator } from './simulator/simulated-operator.ts';
import { StartError } from './start-error.ts';
import { createMemoryRunStore } from './store/memory-run-store.ts';

/** The backend for real use: `.env` in, the pairing line out. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const keys = openKeys(config.dataFolder);
  const operator = await startSimulatedOperator({
    mode: 'loopback',
    client: { id: 'simulated-client', secret: 'simulated-secret' },
  });
  const app = await buildApp({
    store: createMemoryRunStore(),
    profiles: [...config.profiles, simulatedProfile(operator)],
    ...keys,
    // stdout belongs to the pairing line.
    log: { level: config.logLevel, write: (line) => process.stderr.write(line) },
  });
  const port = await listen(app, config.port);

  const names = config.profiles.map(({ profile }) => profile.name);
  console.error(
    names.length > 0
      ? `Profiles: ${names.join(', ')}, Simulated operator (loopback http).`
      : 'No operator is configured (see .env.example): only the simulated operator is offered, over loopback http.',
  );
  console.error('Runs are kept in memory: they are gone when this process ends.');
  console.error('Paste this pairing line into the extension:');
  console.log(`http://127.0.0.1:${port}/#${keys.accessKey}`);

  const stop = async () => {
    await app.close();
    await operator.close();
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 2;
}
