import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';

import { ProfileCheckReply } from '#protocol/profile-check.ts';

import { checkProfile } from '../legs/profile-check/check-profile.ts';
import { Refusal } from '../plugins/failure-replies.ts';
import { refuseIfSpent } from './refuse-if-spent.ts';
import type { RouteTools } from './route-tools.ts';

/** Milliseconds between two checks of a profile: operators count refused token requests, and lock clients for them. */
const EVERY_MS = 5000;

/**
 * Tries a profile without a SIM. One check of a profile at a time, and a pause after it: in this process. Several
 * instances each allow as much; what all of them send is counted together in the budget of the day.
 */
export function addCheckProfile(
  app: FastifyInstance,
  { providers, serverKey, now, budget }: RouteTools,
): void {
  const startedAt = new Map<string, number>();
  const underWay = new Set<string>();
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/profiles/:id/check',
    {
      config: { needs: 'runs', isBodyless: true },
      schema: { params: z.object({ id: z.string() }), response: { 200: ProfileCheckReply } },
    },
    async ({ params: { id } }) => {
      const provider = providers.get(id);
      if (!provider)
        throw new Refusal('api.unknown_profile', 'This backend has no such profile. Choose another one.');
      const wait = (startedAt.get(id) ?? Number.NEGATIVE_INFINITY) + EVERY_MS - now();
      if (underWay.has(id) || wait > 0) {
        const seconds = Math.max(1, Math.ceil(wait / 1000));
        throw new Refusal(
          'api.rate_limited',
          `This profile is being checked, or was a moment ago. Try again in ${seconds} s.`,
          seconds,
        );
      }
      startedAt.set(id, now());
      underWay.add(id);
      return refuseIfSpent(budget, id, 1)
        .then(() => checkProfile(provider, serverKey))
        .finally(() => underWay.delete(id));
    },
  );
}
