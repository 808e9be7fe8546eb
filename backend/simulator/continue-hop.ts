import { hop } from './play-hop.ts';
import { clientReply } from './replies.ts';
import { sessionLost } from './session-lost.ts';

/** Last hop, back on the gateway: the same browser as at the first hop gets a code for the client. */
export const continueHop = hop('continue', ({ call, session, operator }) => {
  if (call.cookies.get('vf-gw') !== session.cookies.gateway) return { refuse: sessionLost };
  const { scenario, subscriber, request } = session;
  if (!subscriber) return { refuse: { error: 'server_error', error_description: 'Internal Server Error' } };
  const { redirectUri } = operator.addresses;
  const code = operator.grants.issueCode({
    scenario,
    subscriber,
    request,
    clientId: operator.client.id,
    redirectUri,
  });
  return { answer: clientReply(redirectUri, { code }, request) };
});
