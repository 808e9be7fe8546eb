import type { Handler } from './call.ts';

/** The client's own host. A walker that stops at the redirect never comes here, and the counter proves it. */
export const relyingParty: Handler = (_call, operator) => {
  operator.counters.redirectUri += 1;
  operator.counters.redirectUriRequests += 1;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><title>Callback</title><p>The redirect_uri was requested.</p>',
  };
};
