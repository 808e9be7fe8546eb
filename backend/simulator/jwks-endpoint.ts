import type { Handler } from './call.ts';
import { jsonReply, methodNotAllowed } from './replies.ts';

/** RFC 7517 §5; a scenario's own key set goes to whoever redeemed the last code, who is about to need it. */
export const jwksEndpoint: Handler = async (call, operator) => {
  operator.counters.jwks += 1;
  if (call.method !== 'GET') return methodNotAllowed('GET');
  const fault = operator.grants.lastRedeemed()?.scenario.jwks;
  return fault?.answer ?? jsonReply(200, await operator.keys.published(fault?.keys));
};
