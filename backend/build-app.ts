import { setTimeout as delay } from 'node:timers/promises';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { addRoutes } from './add-routes.ts';
import { type CarryTools, carryFromChainEnd } from './legs/carry-run.ts';
import { closeExpiredRun } from './legs/close-expired-run.ts';
import { createKeptTokens } from './legs/kept-tokens.ts';
import { openProvider, type ServerProfile } from './legs/provider.ts';
import { watchRuns } from './monitoring/watch-runs.ts';
import { watchUpstream } from './monitoring/watch-upstream.ts';
import { addAccess } from './plugins/access.ts';
import { addApiDocs } from './plugins/api-docs.ts';
import { answerClientError } from './plugins/client-errors.ts';
import { addFailureReplies, answerFailure } from './plugins/failure-replies.ts';
import { LOG_SERIALIZERS, logOfRequest } from './plugins/request-log.ts';
import { createLiveRuns } from './routes/live-runs.ts';
import { addProbes, addRunning, type RunningOptions } from './running.ts';
import { LOOPBACK_ONLY, type Sharing } from './sharing.ts';
import { closeAbandonedRuns } from './store/close-abandoned-runs.ts';
import type { DoorStore } from './store/door/door-store.ts';
import { keepClear } from './store/door/keep-clear.ts';
import { openSqliteDoor } from './store/door/open-sqlite-door.ts';
import { keepRetention } from './store/keep-retention.ts';
import { keepLeases } from './store/run-leases.ts';
import type { RunStore } from './store/run-store.ts';

export interface AppOptions {
  store: RunStore;
  profiles: readonly ServerProfile[];
  /** The key of this machine; null where every caller has one of their own. */
  accessKey: string | null;
  serverKey: Buffer;
  /** Where log lines go, and from which level; tests read them. */
  log: { level: string; write: (line: string) => void };
  /** Wall clock, milliseconds, for what lasts minutes; tests have their own. */
  now?: () => number;
  /** What the door has to know; in memory if left out. */
  door?: DoorStore;
  /** How others reach this backend; nobody does if left out. */
  sharing?: Sharing;
  /** After how many days a run is deleted; 0 keeps all. */
  retentionDays?: number;
  /** Limits of the process. */
  running?: RunningOptions;
}

/** The composition root of the backend, wired by hand. */
export async function buildApp({
  store,
  profiles,
  accessKey,
  serverKey,
  log,
  now = Date.now,
  retentionDays = 0,
  sharing = LOOPBACK_ONLY,
  ...options
}: AppOptions): Promise<FastifyInstance> {
  // zod/mini says "Invalid input" unless it is told a language; refusals are read by people.
  z.config(z.locales.en());
  const door = options.door ?? (await openSqliteDoor({ folder: null, now }));
  const app = Fastify({
    ...(sharing.tls ? { https: { ...sharing.tls, minVersion: 'TLSv1.2' } } : {}),
    logger: {
      level: log.level,
      // No process id and no host name: who reads a log elsewhere has no use for either.
      base: null,
      serializers: LOG_SERIALIZERS,
      stream: { write: log.write },
    },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    trustProxy: sharing.trustedProxies.length > 0 ? sharing.trustedProxies : false,
    childLoggerFactory: logOfRequest,
    clientErrorHandler: answerClientError,
    // addShutdown says it in our words.
    return503OnClosing: false,
    frameworkErrors: answerFailure,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    http: { headersTimeout: 8000, connectionsCheckingInterval: 1000, maxHeaderSize: 16_384 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Fastify reads text/plain by default, which any web page may send without asking (CORS simple request).
  app.removeContentTypeParser('text/plain');

  const live = createLiveRuns();
  const running = await addRunning(app, options.running ?? {});
  const { metrics, shutdown } = running;
  const counted = watchRuns(metrics, app.log);
  const providers = new Map(
    profiles.map((one) => [one.profile.id, openProvider(one, watchUpstream(metrics, one.profile))]),
  );
  const carry: CarryTools = {
    store,
    serverKey,
    kept: createKeptTokens(serverKey, door.sealed, now),
    providerOf: (id) => providers.get(id) ?? null,
    publish(runId, events, run) {
      live.publish(runId, events);
      counted(run, events);
    },
    reportBug: (err, runId) => app.log.error({ err, runId }, 'a run could not be carried on'),
  };
  const leases = keepLeases(
    store,
    (run) => closeExpiredRun(run, carry),
    (err) => app.log.error({ err }, 'leases of runs could not be kept'),
  );
  const { publicUrl } = sharing;
  const tools = {
    store,
    door,
    serverKey,
    providers,
    live,
    carry,
    leases,
    stopped: shutdown.over,
    publicUrl,
    now,
  };

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // Only where the world knows this name as https; on loopback it would follow the name to other ports.
    hsts: sharing.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  addFailureReplies(app);
  addAccess(app, { localKey: accessKey, door, now, ...sharing });
  await addApiDocs(app);
  addProbes(app, running, tools);
  addRoutes(app, tools);

  const stopClosing = closeAbandonedRuns(
    store,
    (run, atMs) =>
      carryFromChainEnd(
        run,
        { hops: [], chainEnd: { kind: 'interrupted', url: null, atMs }, failure: null },
        carry,
      ),
    (err) => app.log.error({ err }, 'abandoned runs could not be closed'),
  );
  const stopDeleting = keepRetention(store, retentionDays, (err) =>
    app.log.error({ err }, 'old runs could not be deleted'),
  );
  const stopClearing = keepClear(door, now, (err) => app.log.error({ err }, 'the door could not be cleared'));
  app.addHook('onClose', async () => {
    stopClosing();
    stopClearing();
    stopDeleting();
    await leases.stop(shutdown.leftMs());
    // What is still on its way to an operator is not waited for.
    await Promise.race([
      Promise.all([...providers.values()].map((provider) => provider.close())),
      delay(100),
    ]);
    await store.close();
    await door.close();
  });
  return app;
}
