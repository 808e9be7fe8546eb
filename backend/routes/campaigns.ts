import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { CampaignsReply, KeepCampaignRequest } from '#protocol/history-requests.ts';

import type { RouteTools } from './route-tools.ts';

/** Which campaigns are kept whatever the retention says. */
export function addCampaigns(app: FastifyInstance, { store }: RouteTools): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/campaigns',
    { config: { needs: 'any key' }, schema: { response: { 200: CampaignsReply } } },
    async () => ({
      kept: await store.keptCampaigns(),
    }),
  );
  typed.post(
    '/v1/campaigns/keep',
    {
      config: { needs: 'admin' },
      schema: { body: KeepCampaignRequest, response: { 200: KeepCampaignRequest } },
    },
    async ({ body }) => {
      await store.keepCampaign(body.campaign, body.kept);
      return body;
    },
  );
}
