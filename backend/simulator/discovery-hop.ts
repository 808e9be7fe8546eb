import { hopCookie, knownCookie } from './hop-cookie.ts';
import { hop } from './play-hop.ts';
import { sessionLost } from './session-lost.ts';
import { opaqueValue } from './sessions.ts';

/** Finds out which network to ask. A browser that is sent here again has to bring the cookie of its first visit. */
export const discoveryHop = hop('discovery', ({ call, session, earlierVisits }) => {
  if (earlierVisits > 0) {
    return call.cookies.get('mnv-session') === session.cookies.discovery ? {} : { refuse: sessionLost };
  }
  session.cookies.discovery = knownCookie('mnv-session', call) ?? opaqueValue();
  return { cookie: hopCookie('mnv-session', session.cookies.discovery, call) };
});
