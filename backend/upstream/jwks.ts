import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';

import type { UpstreamFault } from './faults.ts';
import type { Send } from './send.ts';

/** The keys could not be fetched; `fault` says why. */
export class JwksUnread extends Error {
  readonly fault: UpstreamFault;

  constructor(fault: UpstreamFault) {
    super(fault.raw);
    this.name = 'JwksUnread';
    this.fault = fault;
  }
}

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
      if (answer.kind === 'failed') throw new JwksUnread(answer.fault);
      return new Response(answer.body, { status: answer.status });
    },
  });
}
