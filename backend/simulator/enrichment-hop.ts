import { hop } from './play-hop.ts';

const notRecognised = { error: 'access_denied', error_description: 'User is not recognized' };

/**
 * Where the network would insert the subscriber header. It can do so only in plain http on its own bearer: inside
 * TLS there is nothing to insert into, and from Wi-Fi nobody does.
 */
export const enrichmentHop = hop('enrichment', ({ call, session }) => {
  if (call.overTls) {
    session.subscriber = null;
    return { refuse: notRecognised };
  }
  if (session.subscriber) return {};
  const { offNet = notRecognised } = session.scenario;
  return offNet === 'number-page' ? {} : { refuse: offNet };
});
