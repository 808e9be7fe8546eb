import type { Handler } from './call.ts';
import { jsonReply, methodNotAllowed } from './replies.ts';

/** RFC 7517 §5. */
export const jwksEndpoint: Handler = (call, operator) => {
  operator.counters.jwks += 1;
  if (call.method !== 'GET') return methodNotAllowed('GET');
  return jsonReply(200, operator.keys.jwks);
};
