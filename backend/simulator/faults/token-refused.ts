import { errorReply, jsonReply } from '../replies.ts';
import type { FaultScenario, Reply } from '../scenario.ts';

const refused = (name: string, about: string, answer: Reply): FaultScenario => ({
  name,
  group: 'token',
  about,
  token: { answer },
});
const said = (error: string, status = 400) => errorReply(status, error, 'In the operator’s own words');

/** TK1 to TK5 and TK14 to TK17: the token endpoint refuses, well or badly. */
export const tokenRefused: readonly FaultScenario[] = [
  refused(
    'token-code-used',
    'The token endpoint says that the code was used before (TK1).',
    errorReply(400, 'invalid_grant', 'The code has already been used'),
  ),
  refused(
    'token-code-of-other-redirect-uri',
    'The token endpoint says that redirect_uri differs (TK1).',
    errorReply(400, 'invalid_grant', 'redirect_uri differs from the authorization request'),
  ),
  refused(
    'token-invalid-client-400',
    'The token endpoint refuses the client with 400 and no challenge (TK2).',
    said('invalid_client'),
  ),
  refused('token-401-wordless', 'The token endpoint answers 401 and nothing else (TK2).', { status: 401 }),
  {
    name: 'token-quotes-credentials',
    group: 'token',
    about: 'The token endpoint refuses the client and quotes its credentials (TK2).',
    token: {
      quote: ({ authorization, body }) => {
        const credentials = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
        return errorReply(401, 'invalid_client', `${authorization} ${credentials} ${body}`);
      },
    },
  },
  refused(
    'token-invalid-request',
    'The token endpoint calls the request invalid (TK3).',
    said('invalid_request'),
  ),
  refused(
    'token-unauthorized-client',
    'The client may not use this grant (TK3).',
    said('unauthorized_client'),
  ),
  refused(
    'token-unsupported-grant-type',
    'The token endpoint knows no authorization codes (TK3).',
    said('unsupported_grant_type'),
  ),
  refused('token-invalid-scope', 'The token endpoint calls the scope invalid (TK3).', said('invalid_scope')),
  refused('token-access-denied', 'The token endpoint denies access (TK3).', said('access_denied', 403)),
  refused(
    'token-own-word',
    'The token endpoint refuses with a word that no standard knows (TK3).',
    said('E_4711'),
  ),
  refused(
    'token-envelope-of-three',
    'The refusal is {status, code, message} (TK4).',
    jsonReply(400, { status: 400, code: 'POL0001', message: 'Policy error' }),
  ),
  refused(
    'token-envelope-of-two',
    'The refusal is {code, message} (TK4).',
    jsonReply(400, { code: 'POL0001', message: 'Policy error' }),
  ),
  refused(
    'token-200-with-error',
    'The token endpoint answers 200 and means an error (TK5).',
    said('invalid_request', 200),
  ),
  refused('token-redirect-302', 'The token endpoint redirects (TK14).', {
    status: 302,
    headers: { location: 'https://app.relying-party.test/token' },
  }),
  refused(
    'token-redirect-307',
    'The token endpoint redirects and wants the request repeated, secret and all (TK14).',
    { status: 307, headers: { location: 'https://app.relying-party.test/token' } },
  ),
  {
    name: 'token-201',
    group: 'token',
    about: 'The token endpoint answers 201 with good tokens (TK15).',
    token: { status: 201 },
  },
  refused('token-204', 'The token endpoint answers 204 (TK15).', { status: 204 }),
  refused('token-418', 'The token endpoint is a teapot (TK15).', { status: 418 }),
  refused('token-404', 'There is nothing at the token URL.', { status: 404, body: 'Not found' }),
  refused('token-429', 'The token endpoint asks to come back in a second (TK16).', {
    ...said('slow_down', 429),
    headers: { 'retry-after': '1' },
  }),
  ...[500, 502, 504].map((status) =>
    refused(`token-${status}`, `The token endpoint answers ${status} (TK17).`, {
      status,
      headers: { 'content-type': 'text/html' },
      body: `<h1>${status}</h1>`,
    }),
  ),
];
