import { PairReply } from '#protocol/pairing.ts';

import { as, createCall } from './backend-call.ts';

/** Fetches the key of a pairing link. It works once: whoever has the answer has the only one. */
export function exchangeCode(url: string, code: string): Promise<PairReply> {
  return createCall({ url, key: null })(as(PairReply), 'POST', '/pair', { code });
}
