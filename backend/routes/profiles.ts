import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { ProfilesReply } from '#protocol/backend-api.ts';

import { CALLBACK_PATH } from '#protocol/handoff.ts';
import type { RouteTools } from './route-tools.ts';

/** The profiles as the extension may know them; their secrets are not part of the type. */
export function addProfiles(app: FastifyInstance, { providers, publicUrl }: RouteTools): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/v1/profiles',
      { config: { needs: 'any key' }, schema: { response: { 200: ProfilesReply } } },
      async () => ({
        profiles: [...providers.values()].map(({ profile }) => profile),
        callbackUrl: publicUrl === null ? null : `${publicUrl}${CALLBACK_PATH}`,
      }),
    );
}
