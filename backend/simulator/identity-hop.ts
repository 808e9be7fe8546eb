import { enterNumberPage } from './enter-number-page.ts';
import { hopCookie } from './hop-cookie.ts';
import { hop } from './play-hop.ts';
import { opaqueValue } from './sessions.ts';

/** Decides whether the network's answer is enough, or a person has to be asked. */
export const identityHop = hop('identity', ({ call, session, earlierVisits }) => {
  if (!session.subscriber) {
    // OIDC Core §3.1.2.1: prompt=none forbids every page.
    if (session.request.prompt === 'none') {
      return { refuse: { error: 'login_required', error_description: 'User interaction is required' } };
    }
    return { answer: enterNumberPage };
  }
  return earlierVisits > 0 ? {} : { cookie: hopCookie('id-session', opaqueValue(), call) };
});
