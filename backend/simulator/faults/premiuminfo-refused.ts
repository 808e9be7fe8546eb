import { errorReply } from '../replies.ts';
import type { FaultScenario, Reply } from '../scenario.ts';

const refused = (name: string, about: string, answer: Reply): FaultScenario => ({
  name,
  group: 'premiuminfo',
  about,
  premiuminfo: { answer },
});
const challenge = (words: string) => ({ 'www-authenticate': `Bearer realm="mobileconnect", ${words}` });
const wait = (seconds: number): Reply => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: '',
});

/** P5 to P8, P11 and P16: premiuminfo refuses, well or badly. */
export const premiuminfoRefused: readonly FaultScenario[] = [
  refused(
    'premiuminfo-invalid-token',
    'premiuminfo does not know the access token (P5).',
    errorReply(401, 'invalid_token', 'access_token does not exist', challenge('error="invalid_token"')),
  ),
  refused('premiuminfo-401-wordless', 'premiuminfo answers 401 and nothing else (P5).', { status: 401 }),
  refused(
    'premiuminfo-insufficient-scope',
    'The access token is not good for this attribute (P6).',
    errorReply(
      403,
      'insufficient_scope',
      'Insufficient scope',
      challenge('error="insufficient_scope", scope="openid mc_vm_match_hash"'),
    ),
  ),
  refused('premiuminfo-403-wordless', 'premiuminfo answers 403 and nothing else (P6).', { status: 403 }),
  refused(
    'premiuminfo-access-denied',
    'premiuminfo denies access (P6).',
    errorReply(403, 'access_denied', 'The subscriber has not given consent'),
  ),
  refused(
    'premiuminfo-hash-refused',
    'premiuminfo does not like the form of the hash (P7).',
    errorReply(400, 'invalid_request', 'MANDATORY parameter device_msisdn_hash is invalid'),
  ),
  refused(
    'premiuminfo-own-word',
    'premiuminfo refuses with a word that no standard knows (P7).',
    errorReply(400, 'E_4711', 'In the operator’s own words'),
  ),
  ...[404, 405, 415].map((status) =>
    refused(`premiuminfo-${status}`, `premiuminfo answers ${status} (P8).`, { status }),
  ),
  refused(
    'premiuminfo-200-with-error',
    'premiuminfo answers 200 and means an error (TK5).',
    errorReply(200, 'invalid_request', 'In the operator’s own words'),
  ),
  refused('premiuminfo-redirect', 'premiuminfo redirects (P10).', {
    status: 307,
    headers: { location: 'https://app.relying-party.test/premiuminfo' },
  }),
  refused('premiuminfo-204', 'premiuminfo answers 204 (P10).', { status: 204 }),
  refused('premiuminfo-500', 'premiuminfo answers 500 (P10).', { status: 500 }),
  {
    name: 'premiuminfo-429-once',
    group: 'premiuminfo',
    about: 'premiuminfo asks to come back in three seconds, then answers (P11).',
    premiuminfo: { answer: wait(3), times: 1 },
  },
  refused('premiuminfo-429-hour', 'premiuminfo asks to come back in an hour (P11).', wait(3600)),
  {
    name: 'premiuminfo-quotes-token',
    group: 'premiuminfo',
    about: 'premiuminfo refuses and quotes the access token and the hash (P16).',
    premiuminfo: {
      quote: ({ authorization, body }) => errorReply(401, 'invalid_token', `${authorization} ${body}`),
    },
  },
];
