import { consentPage } from './consent-page.ts';
import { enterNumberPage } from './enter-number-page.ts';
import type { Scenario } from './scenario.ts';

const unavailable = { status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>503</h1>' };

/** The networks and faults the operator can play. One SIM each; a number is never given out twice. */
export const scenarios: readonly Scenario[] = [
  { name: 'match', group: 'story', about: 'The SIM on the network has the number.', number: '+447700900901' },
  {
    name: 'no-match',
    group: 'story',
    about: 'The SIM on the network has another number.',
    number: '+447700900902',
    sim: '+447700900900',
  },
  {
    name: 'wifi-access-denied',
    group: 'story',
    about: 'Not on the mobile network: the operator does not recognise the user.',
    number: '+447700900903',
    network: 'wifi',
  },
  {
    name: 'wifi-html-page',
    group: 'story',
    about: 'Not on the mobile network: the operator shows a page that asks for the number.',
    number: '+447700900904',
    network: 'wifi',
    offNet: 'number-page',
  },
  {
    name: 'slow-hop',
    group: 'story',
    about: 'The enrichment hop takes seconds, then all is well.',
    number: '+447700900905',
    hops: { enrichment: { slow: true } },
  },
  {
    name: 'loop',
    group: 'story',
    about: 'Discovery and identity send the browser to each other for ever.',
    number: '+447700900906',
    hops: { discovery: { goTo: 'identity' }, identity: { goTo: 'discovery' } },
  },
  {
    name: 'expired-code',
    group: 'story',
    about: 'The code has expired before it can be redeemed.',
    number: '+447700900907',
    codeLifetimeMs: 0,
  },
  {
    name: 'invalid-client',
    group: 'story',
    about: 'The token endpoint answers as if the client secret were wrong.',
    number: '+447700900908',
    token: {
      answer: {
        status: 401,
        headers: { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="mobileconnect"' },
        body: '{"error":"invalid_client","error_description":"Client authentication failed"}',
      },
    },
  },
  {
    name: 'server-error',
    group: 'story',
    about: 'The identity gateway has an internal fault.',
    number: '+447700900909',
    hops: {
      continue: { refuse: { error: 'server_error', error_description: 'Internal Server Error' } },
    },
  },
  {
    name: 'bad-nonce',
    group: 'story',
    about: 'The id_token carries the nonce of another request.',
    number: '+447700900910',
    idTokenClaims: { nonce: '00000000-0000-4000-8000-000000000000' },
  },
  {
    name: 'hop-hangs',
    group: 'story',
    about: 'The enrichment hop never answers.',
    number: '+447700900911',
    hops: { enrichment: { answer: 'hang' } },
  },
  {
    name: 'interaction-required',
    group: 'story',
    about: 'The operator would have to show a page, and may not (OIDC Core §3.1.2.6).',
    number: '+447700900912',
    hops: {
      identity: { refuse: { error: 'login_required', error_description: 'User interaction is required' } },
    },
  },
  {
    name: 'user-busy',
    group: 'story',
    about: 'Another transaction for the same SIM is under way.',
    number: '+447700900913',
    hops: {
      identity: {
        refuse: { error: 'access_denied', error_description: 'The user is busy with another transaction' },
      },
    },
  },
  {
    name: 'token-503',
    group: 'story',
    about: 'The token endpoint is down.',
    number: '+447700900914',
    token: { answer: unavailable },
  },
  {
    name: 'premiuminfo-503',
    group: 'story',
    about: 'The premiuminfo endpoint is down.',
    number: '+447700900915',
    premiuminfo: { answer: unavailable },
  },
  {
    name: 'premiuminfo-503-once',
    group: 'story',
    about: 'The premiuminfo endpoint asks to come back in a second, then answers.',
    number: '+447700900916',
    premiuminfo: {
      answer: { ...unavailable, headers: { ...unavailable.headers, 'retry-after': '1' } },
      times: 1,
    },
  },
  {
    name: 'result-string',
    group: 'story',
    about: 'device_msisdn_verified is the string "true", not a Boolean.',
    number: '+447700900917',
    premiuminfo: { body: { device_msisdn_verified: 'true' } },
  },
  {
    name: 'sub-mismatch',
    group: 'story',
    about: 'premiuminfo answers for another subject than the id_token (OIDC Core §5.3.2).',
    number: '+447700900918',
    premiuminfo: { body: { sub: '00000000-0000-4000-8000-000000000000' } },
  },
  {
    name: 'wifi-login-hint',
    group: 'story',
    about: 'Not on the mobile network: the operator wants a login_hint instead.',
    number: '+447700900919',
    network: 'wifi',
    offNet: {
      error: 'invalid_request',
      error_description: 'MANDATORY parameters login_hint_token (or) login_hint does not exist.',
    },
  },
  {
    name: 'http-upgraded',
    group: 'story',
    about: 'The enrichment host once sent HSTS, so the browser no longer uses plain http there.',
    number: '+447700900920',
    tlsOnly: true,
    enrichmentHost: 'he-pinned',
    hops: { discovery: { goTo: 'pin' } },
  },
  {
    name: 'hop-html-page',
    group: 'story',
    about: 'The discovery host shows a page that asks for the number, before the network is even looked at.',
    number: '+447700900921',
    hops: { discovery: { answer: enterNumberPage } },
  },
  {
    name: 'hash-plain',
    group: 'story',
    about:
      'The operator hashes the number without its plus sign, so that the usual hash is never the right one.',
    number: '+447700900922',
    hashForm: 'plain',
  },
  {
    name: 'consent-page',
    group: 'story',
    about: 'The operator asks the person to agree; whoever agrees, in a tab, is led on to a match.',
    number: '+447700900923',
    hops: { identity: { answer: consentPage } },
  },
];
