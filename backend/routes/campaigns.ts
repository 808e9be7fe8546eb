import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { CampaignsReply, KeepCampaignRequest } from '#protocol/history-requests.ts';

import type { RouteTools } from './route-tools.ts';

/** Which campaigns are kept whatever the retention says; to who sees only their own runs, those that these are of. */
export function addCampaigns(app: FastifyInstance, { store }: RouteTools): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/campaigns',
    { config: { needs: 'any key' }, schema: { response: { 200: CampaignsReply } } },
    async ({ caller: { sees } }) => {
      const kept = await store.keptCampaigns();
      if (sees === null) return { kept };
      const seen = await Promise.all(
        kept.map(async (campaign) => (await store.list({ campaign }, null, 1, sees)).runs.length > 0),
      );
      return { kept: kept.filter((_, at) => seen[at]) };
    },
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
