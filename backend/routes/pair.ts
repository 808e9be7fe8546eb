import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { PairReply, PairRequest } from '#protocol/pairing.ts';

import { digestOfKey, spentBecause } from '../access/access-key.ts';
import { fetchKey } from '../access/pairing.ts';
import { sendPairPage } from '../pages/pair-page.ts';
import { Refusal } from '../plugins/failure-replies.ts';
import { PAGE } from './answer-kinds.ts';
import type { RouteTools } from './route-tools.ts';

/** Exchanges the code of a pairing link for its key, once. Asking again answers as an unknown code does. */
export function addPair(app: FastifyInstance, { door, now }: RouteTools): void {
  app.get(
    '/pair',
    { config: { needs: 'nothing', isPage: true }, schema: { response: PAGE } },
    async (_request, reply) => sendPairPage(reply),
  );
  app
    .withTypeProvider<ZodTypeProvider>()
    .post(
      '/pair',
      { config: { needs: 'nothing' }, schema: { body: PairRequest, response: { 200: PairReply } } },
      async ({ body }) => {
        const key = await fetchKey(door, body.code, now());
        const kept = key === null ? null : await door.keyOf(digestOfKey(key));
        if (key === null || !kept || spentBecause(kept, now())) {
          throw new Refusal(
            'api.pairing_invalid',
            'This pairing link has been used, has run out, or never was one. Ask for a new one: each works once, for ten minutes.',
          );
        }
        return { key, label: kept.label, scope: kept.scope, expiresAt: kept.expiresAt };
      },
    );
}
