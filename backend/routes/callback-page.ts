import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';

import { CALLBACK_PATH } from '#protocol/handoff.ts';
import { redactUrl } from '#protocol/redact.ts';
import type { Run } from '#protocol/run.ts';

import { equalInConstantTime } from '../legs/callback/state.ts';
import { carryFromCallback } from '../legs/carry-run.ts';
import { deriveValues, keyedDigest } from '../legs/derived-values.ts';
import { endHandoff, waitingHandoff } from '../legs/handoff.ts';
import { pseudonymsFor } from '../legs/run-pseudonyms.ts';
import { sendHandedOver, sendNowhere } from '../pages/handoff-pages.ts';
import { PAGE, PAGE_OR_ONWARD } from './answer-kinds.ts';
import { beginCarrying } from './begin-carrying.ts';
import { browserCookie } from './browser-cookie.ts';
import type { RouteTools } from './route-tools.ts';
import { knownRun } from './visible-run.ts';

const DONE = `${CALLBACK_PATH}/done`;

/**
 * Where the operator sends a phone back to. Which run it is says the cookie of the browser that opened the link; whether
 * the answer is that run's is judged as every callback is. Extensions never come here (PR1).
 */
export function addCallbackPage(app: FastifyInstance, tools: RouteTools): void {
  const { store, serverKey, leases, carry, publicUrl, now } = tools;
  // No HEAD: looking would use the callback up.
  const route = { exposeHeadRoute: false, config: { needs: 'nothing', isPage: true } } as const;
  const one = z.union([z.string(), z.array(z.string())]);
  const known = { code: z.optional(one), state: z.optional(one), error: z.optional(one) };
  const query = z.catchall(z.object(known), one);
  const chainEndOf = (run: Run, callbackUrl: string) => ({
    kind: 'callback' as const,
    url: redactUrl(callbackUrl, pseudonymsFor(deriveValues(serverKey, run.id), '')),
    atMs: Math.max(0, now() - (run.events[0]?.at ?? now())),
  });

  app.get(
    CALLBACK_PATH,
    { ...route, schema: { querystring: query, response: PAGE_OR_ONWARD } },
    async (request, reply) => {
      const browser = browserCookie.read(request.headers.cookie, publicUrl);
      const asked = URL.parse(request.raw.url ?? '', publicUrl ?? undefined);
      const back = asked && browser && (await waitingHandoff(browser, tools));
      if (!asked || !back) return sendNowhere(reply, 'callback');
      const { runId, numberHash } = back;
      // Operators return state in errors, too (RFC 6749 §4.1.2.1). What has none was sent by whoever linked here.
      const { state } = deriveValues(serverKey, runId);
      if (!asked.searchParams.getAll('state').some((given) => equalInConstantTime(given, state)))
        return sendNowhere(reply, 'callback');
      // A request line may name a host as well (RFC 9112 §3.2.2), which is not asked.
      const callbackUrl = `${publicUrl}${asked.pathname}${asked.search}`;
      const digest = keyedDigest(serverKey, 'submission', `handoff ${callbackUrl}`);
      const submission = { digest, numberHmac: keyedDigest(serverKey, 'number', numberHash) };
      const { begun, done } = await beginCarrying(
        () => knownRun(store, runId),
        (run) => {
          const chainEnd = chainEndOf(run, callbackUrl);
          return carryFromCallback(run, { hops: [], chainEnd, callbackUrl, numberHash }, submission, carry);
        },
      );
      if (begun.claim !== 'claimed') return sendNowhere(reply, 'callback');
      // Not awaited: the person at the desktop is the one who waits for it.
      void leases.during(runId, () => done);
      // It would run out by itself; that it could not be ended costs nobody the answer.
      await endHandoff(runId, tools).catch((error: unknown) => carry.reportBug(error, runId));
      // The code leaves the address bar at once.
      return reply
        .status(303)
        .header('set-cookie', browserCookie.gone(publicUrl))
        .header('location', DONE)
        .send();
    },
  );

  app.get(DONE, { ...route, schema: { response: PAGE } }, async (_request, reply) => sendHandedOver(reply));
}
