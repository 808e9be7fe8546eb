import { setTimeout as delay } from 'node:timers/promises';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';

import { addRoutes } from './add-routes.ts';
import { createServer, type Patience } from './create-server.ts';
import { createCallBudget } from './legs/call-budget.ts';
import { type CarryTools, carryFromChainEnd } from './legs/carry-run.ts';
import { closeExpiredRun } from './legs/close-expired-run.ts';
import { keyedDigest } from './legs/derived-values.ts';
import { claimingHandedNumbers } from './legs/handed-number.ts';
import { createKeptTokens } from './legs/kept-tokens.ts';
import { openProvider, type ServerProfile } from './legs/provider.ts';
import { watchRuns } from './monitoring/watch-runs.ts';
import { watchUpstream } from './monitoring/watch-upstream.ts';
import { addAccess } from './plugins/access.ts';
import { addApiDocs } from './plugins/api-docs.ts';
import { addFailureReplies } from './plugins/failure-replies.ts';
import { createRateLimiter, NO_LIMITS, type RateLimits } from './plugins/rate-limits.ts';
import { sharedCounts } from './plugins/shared-counts.ts';
import { createLiveRuns } from './routes/live-runs.ts';
import { addProbes, addRunning, type RunningOptions } from './running.ts';
import { LOOPBACK_ONLY, type Sharing } from './sharing.ts';
import { ABANDONED, closeAbandonedRuns } from './store/close-abandoned-runs.ts';
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
  /** How much one caller may ask for; anything if left out. */
  rates?: RateLimits;
  /** Whether other backends have the same door, so that they count together. */
  isOneOfSeveral?: boolean;
  /** How long a request may take to arrive. */
  patience?: Patience;
  /** After how many days a run is deleted; 0 keeps all. */
  retentionDays?: number;
  /** Limits of the process. */
  running?: RunningOptions;
}

const NONE = ["'none'"];

/** The composition root of the backend, wired by hand. */
export async function buildApp({
  profiles,
  accessKey,
  serverKey,
  log,
  now = Date.now,
  retentionDays = 0,
  sharing = LOOPBACK_ONLY,
  rates = NO_LIMITS,
  isOneOfSeveral = false,
  patience,
  ...options
}: AppOptions): Promise<FastifyInstance> {
  // zod/mini says "Invalid input" unless it is told a language; refusals are read by people.
  z.config(z.locales.en());
  const door = options.door ?? (await openSqliteDoor({ folder: null, now }));
  const app = createServer({ log, sharing, patience });
  const reportBug = (err: unknown, runId: string) =>
    app.log.error({ err, runId }, 'a run could not be carried on');
  const store = claimingHandedNumbers(options.store, { door, serverKey, now, reportBug });

  const live = createLiveRuns();
  const running = await addRunning(app, options.running ?? {});
  const { metrics, shutdown } = running;
  const counted = watchRuns(metrics, app.log);
  const budget = createCallBudget(door, profiles, now);
  const providers = new Map(
    profiles.map((one) => {
      const watch = watchUpstream(metrics, one.profile);
      return [one.profile.id, openProvider(one, (send) => budget.guarded(one, watch(send)))];
    }),
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
    reportBug,
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
    budget,
    stopped: shutdown.over,
    publicUrl,
    now,
  };

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NONE,
        objectSrc: NONE,
        baseUri: NONE,
        formAction: NONE,
        frameAncestors: NONE,
      },
    },
    // Only where the world knows this name as https; on loopback it would follow the name to other ports.
    hsts: sharing.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  addFailureReplies(app);
  const limiter = await createRateLimiter(app, {
    rates,
    digest: (address) => keyedDigest(serverKey, 'address', address),
    ...(isOneOfSeveral ? { store: sharedCounts(door, now) } : {}),
  });
  limiter.turnAway();
  addAccess(app, { localKey: accessKey, door, now, refuseGuess: limiter.refuseGuess, ...sharing });
  limiter.count();
  await addApiDocs(app);
  addProbes(app, running, tools);
  addRoutes(app, tools);

  const stopClosing = closeAbandonedRuns(
    store,
    async (run, atMs) => {
      const chainEnd = { kind: 'interrupted', url: null, atMs } as const;
      const report = { hops: [], chainEnd, failure: null };
      const { begun, done } = carryFromChainEnd(run, report, ABANDONED, carry);
      await begun;
      await done;
    },
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
