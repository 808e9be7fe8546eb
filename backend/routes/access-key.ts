import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { AccessReply, UnpairReply } from '#protocol/pairing.ts';

import type { RouteTools } from './route-tools.ts';

/** What the key that asks may do, and the way to be rid of it. */
export function addAccessKey(app: FastifyInstance, { door, now }: RouteTools): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/access-key',
    { config: { needs: 'any key' }, schema: { response: { 200: AccessReply } } },
    async ({ caller: { key, scope, ownerId } }) => ({
      label: key?.label ?? '',
      scope,
      expiresAt: key?.expiresAt ?? null,
      local: key === null,
      ownerId,
    }),
  );
  typed.delete(
    '/v1/access-key',
    { config: { needs: 'any key' }, schema: { response: { 200: UnpairReply } } },
    async ({ caller: { key } }) => ({ revoked: key !== null && (await door.revokeKey(key.id, now())) }),
  );
}
