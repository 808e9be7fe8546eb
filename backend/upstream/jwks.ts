import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';

import type { Send } from './send.ts';

/** The operator's keys, cached and refetched once for an unknown `kid` (at most every 60 s); fetched through `send` like all else. */
export function createJwks(url: string, send: Send): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    cooldownDuration: 60_000,
    [customFetch]: async (target) => {
      const answer = await send({
        method: 'GET',
        url: target,
        headers: { accept: 'application/json' },
        body: null,
      });
      if (answer.kind === 'failed') throw new Error(answer.fault.raw);
      return new Response(answer.body, { status: answer.status });
    },
  });
}
