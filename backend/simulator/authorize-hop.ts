import { judgeAuthorizeRequest } from './authorize-rules.ts';
import type { Handler } from './call.ts';
import { hopCookie, knownCookie } from './hop-cookie.ts';
import { playHop } from './play-hop.ts';
import { clientReply, errorReply, methodNotAllowed } from './replies.ts';
import { opaqueValue, type Session } from './sessions.ts';
import { subscriberOnNetwork } from './subscribers.ts';

/** First hop: knows the client, judges the request, and gives the browser the cookie that the last hop asks for. */
export const authorizeHop: Handler = async (call, operator) => {
  operator.counters.authorize += 1;
  operator.counters.hops += 1;
  if (call.method !== 'GET') return methodNotAllowed('GET');
  const { query } = call;
  const { redirectUri } = operator.addresses;

  // RFC 6749 §4.1.2.1: with a bad client or redirect_uri the browser must not be sent anywhere.
  if (!query.get('client_id'))
    return errorReply(400, 'invalid_request', 'MANDATORY parameter client_id is missing');
  if (!isOnly(query, 'client_id', operator.client.id)) {
    return errorReply(
      400,
      'invalid_request',
      'The client is not authorized to request an authorization code',
    );
  }
  if (!isOnly(query, 'redirect_uri', redirectUri)) {
    return errorReply(400, 'invalid_request', 'redirect_uri is invalid');
  }
  const wanted = query.get('scenario') ?? 'match';
  const scenario = operator.scenarios.find(({ name }) => name === wanted);
  if (!scenario) {
    const known = operator.scenarios.map(({ name }) => name).join(', ');
    return errorReply(400, 'invalid_request', `Unknown scenario. The simulated operator knows: ${known}`);
  }

  const request = {
    state: query.get('state') ?? '',
    nonce: query.get('nonce') ?? '',
    scope: (query.get('scope') ?? '').split(' '),
    prompt: query.get('prompt') ?? undefined,
    correlationId: query.get('correlation_id') ?? undefined,
    codeChallenge: query.get('code_challenge') ?? undefined,
  };
  const refusal = judgeAuthorizeRequest(query, call.rawQuery);
  if (refusal) return clientReply(redirectUri, refusal, request);

  // A browser that comes back keeps its cookie: two runs at a time in one browser must not undo each other.
  const gateway = knownCookie('vf-gw', call) ?? opaqueValue();
  const session: Session = {
    scenario,
    request,
    cookies: { gateway },
    subscriber: subscriberOnNetwork(scenario),
    tickets: {},
  };
  await operator.backDoor.open();
  const visit = { call, session, operator, earlierVisits: 0 };
  return playHop('authorize', visit, () => ({ cookie: hopCookie('vf-gw', gateway, call) }));
};

function isOnly(query: URLSearchParams, name: string, value: string): boolean {
  const sent = query.getAll(name);
  return sent.length === 1 && sent[0] === value;
}
