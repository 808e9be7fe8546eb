import { issueCode } from './issue-code.ts';
import { hop } from './play-hop.ts';
import { clientReply } from './replies.ts';
import { sessionLost } from './session-lost.ts';

/** Last hop, back on the gateway: the same browser as at the first hop gets a code for the client. */
export const continueHop = hop(
  'continue',
  ({ session, operator }) => {
    const code = issueCode(session, operator);
    if (!code) return { refuse: { error: 'server_error', error_description: 'Internal Server Error' } };
    return { answer: clientReply(operator.addresses.redirectUri, { code }, session.request) };
  },
  ({ call, session }) => (call.cookies.get('vf-gw') === session.cookies.gateway ? null : sessionLost),
);
