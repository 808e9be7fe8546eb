import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { ForgetNumberReply, ForgetNumberRequest } from '#protocol/history-requests.ts';

import { keyedDigest } from '../legs/derived-values.ts';
import type { RouteTools } from './route-tools.ts';
import { ownOf } from './visible-run.ts';

/**
 * Takes a number out of every run that was made with it: the mask, and the digest it is recognised by. The runs stay.
 * Asked for a number that no run has, it answers 0, so that asking tells nothing but that.
 */
export function addForgetNumber(app: FastifyInstance, { store, serverKey }: RouteTools): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/numbers/forget',
    {
      config: { needs: 'runs' },
      schema: { body: ForgetNumberRequest, response: { 200: ForgetNumberReply } },
    },
    async ({ body: { numberHash }, caller }) => ({
      runs: await store.forgetNumber(keyedDigest(serverKey, 'number', numberHash), ownOf(caller)),
    }),
  );
}
