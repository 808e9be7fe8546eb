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
 * Tries a profile without a SIM. One check of a profile at a time, and a pause after it. Instances that share a door share
 * the pause as one check in each five seconds of the clock: two of them may meet at the turn from one to the next.
 */
export function addCheckProfile(
  app: FastifyInstance,
  { providers, serverKey, door, now, budget }: RouteTools,
): void {
  const startedAt = new Map<string, number>();
  const underWay = new Set<string>();

  /** How long another instance has taken the moment for; 0 where it is ours, or where nobody can be asked. */
  const takenForMs = async (id: string): Promise<number> => {
    const endsAt = (Math.floor(now() / EVERY_MS) + 1) * EVERY_MS;
    const key = `profile check ${id} ${endsAt}`;
    const hits = await door.addHits([{ key, hits: 1, endsAt }]).catch(() => null);
    return (hits?.get(key) ?? 1) > 1 ? endsAt - now() : 0;
  };

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
      if (underWay.has(id) || wait > 0) throw tooSoon(wait);
      startedAt.set(id, now());
      underWay.add(id);
      try {
        await refuseIfSpent(budget, id, 1);
        const taken = await takenForMs(id);
        if (taken > 0) {
          // The other one's pause is the one that counts.
          startedAt.delete(id);
          throw tooSoon(taken);
        }
        return await checkProfile(provider, serverKey);
      } finally {
        underWay.delete(id);
      }
    },
  );
}

function tooSoon(waitMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new Refusal(
    'api.rate_limited',
    `This profile is being checked, or was a moment ago. Try again in ${seconds} s.`,
    seconds,
  );
}
