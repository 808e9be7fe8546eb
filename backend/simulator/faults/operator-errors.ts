import type { FaultScenario } from '../scenario.ts';
import { chainFault } from './hop-answers.ts';

/** The errors Mobile Connect DI R2.3, RFC 6749 §4.1.2.1 and OIDC Core §3.1.2.6 publish, one of each kind, and one nobody does. */
const ERRORS: [name: string, about: string, error: string, description: string][] = [
  ['user-unknown', 'does not know the user', 'access_denied', 'Unknown user'],
  [
    'user-not-registered',
    'has the user, without Mobile Connect',
    'access_denied',
    'Mobile Connect User is not registered',
  ],
  [
    'user-unknown-to-mobile-connect',
    'has the user, unknown to Mobile Connect',
    'access_denied',
    'Unknown Mobile Connect User',
  ],
  ['user-refused', 'says that the user refused', 'access_denied', 'The end-user denied the request'],
  ['unavailable-for-now', 'is unavailable for now', 'temporarily_unavailable', 'Internal Server Error'],
  [
    'client-not-authorized',
    'has not enabled the client',
    'invalid_request',
    'The client is not authorized to request an authorization code',
  ],
  [
    'client-not-allowed',
    'has not sold the product to the client',
    'unauthorized_client',
    'The client is not allowed to make MC service requests',
  ],
  [
    'client-denied',
    'denies the client the product',
    'access_denied',
    'The client is not allowed to make MC service requests',
  ],
  ['scope-invalid', 'does not know the scope', 'invalid_scope', 'The scope value is invalid'],
  ['scope-missing', 'misses the scope', 'invalid_request', 'MANDATORY parameter scope is missing'],
  [
    'version-invalid',
    'does not know the version',
    'invalid_request',
    'MANDATORY parameter version is missing / invalid.',
  ],
  [
    'acr-invalid',
    'does not take the acr_values',
    'invalid_request',
    'MANDATORY parameter acr_values are missing or invalid values.',
  ],
  [
    'parameter-twice',
    'sees a parameter twice',
    'invalid_request',
    'Multiple parameter names in the authorization request. Malformed request',
  ],
  [
    'login-hint-wanted',
    'wants a login_hint from a phone on its network',
    'invalid_request',
    'MANDATORY parameters login_hint_token (or) login_hint does not exist.',
  ],
  [
    'login-hint-invalid',
    'does not take the login_hint',
    'invalid_request',
    'Invalid value for login_hint or login_hint_token',
  ],
  [
    'response-type-unsupported',
    'does not do response_type code',
    'unsupported_response_type',
    'response_type is not supported',
  ],
  [
    'request-unsupported',
    'does not take request objects',
    'request_not_supported',
    'request is not supported',
  ],
  [
    'request-uri-unsupported',
    'does not take a request_uri',
    'request_uri_not_supported',
    'request_uri is not supported',
  ],
  [
    'registration-unsupported',
    'does not take registration',
    'registration_not_supported',
    'registration is not supported',
  ],
  [
    'error-word-unknown',
    'has a word for an error that nobody publishes',
    'MSISDNNotFound',
    'No MSISDN was found',
  ],
  [
    'error-word-of-ours',
    'has a word for an error that means something else here',
    'dns',
    'A word that must not pass for ours',
  ],
];

/** OIDC Core §3.1.2.6: a page would be needed, and prompt=none forbids it. */
const INTERACTIONS: [name: string, about: string, error: string][] = [
  ['interaction-needed', 'would have to ask something', 'interaction_required'],
  ['consent-needed', 'would have to ask for consent', 'consent_required'],
  ['account-needed', 'would have to ask which account', 'account_selection_required'],
];

/** A25 and A26: the operator refuses, as published, on redirect_uri. */
export const operatorErrors: readonly FaultScenario[] = [
  ...ERRORS.map(([name, about, error, error_description]) =>
    chainFault(name, `The operator ${about} (A25).`, { identity: { refuse: { error, error_description } } }),
  ),
  ...INTERACTIONS.map(([name, about, error]) =>
    chainFault(name, `The operator ${about}, and may not (A26).`, {
      identity: { refuse: { error, error_description: 'User interaction is required' } },
    }),
  ),
];
