import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';

import type { UpstreamFault } from './faults.ts';
import type { Send, UpstreamAnswer } from './send.ts';

/** No key set could be fetched. Its message says why, and quotes no more of the operator than a media type. */
export class JwksUnread extends Error {
  /** Null where something answered, only not with keys. */
  readonly fault: UpstreamFault | null;

  constructor(why: string, fault: UpstreamFault | null) {
    super(why);
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
      if (answer.kind === 'failed') {
        const { code, raw } = answer.fault;
        throw new JwksUnread(`${code}: ${raw}`, answer.fault);
      }
      if (answer.status !== 200 || !isKeySet(answer.body)) throw new JwksUnread(inShort(answer), null);
      return new Response(answer.body);
    },
  });
}

type Answered = Extract<UpstreamAnswer, { kind: 'answered' }>;

/** RFC 7517 §5: an object whose `keys` are objects. */
function isKeySet(body: Answered['body']): boolean {
  try {
    const { keys } = JSON.parse(body) as { keys?: unknown };
    return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null);
  } catch {
    return false;
  }
}

/** `503 text/html`: what stands where the keys should be. */
function inShort({ status, headers }: Answered): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return `${status} ${type.split(';', 1)[0]?.slice(0, 60)}`.trim();
}
