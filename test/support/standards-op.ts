/** A certified OpenID Provider in this process, which recognises the person as a network would: without asking. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

import { REDIRECT_URI } from './fixtures.ts';

export const OP_CLIENT = { id: 'client:1', secret: 'a-secret:with%signs+and &more' };
export const OP_SUB = 'subscriber-1';

export interface StandardsOp {
  issuer: string;
  close(): Promise<void>;
}

export async function startStandardsOp(): Promise<StandardsOp> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OP_CLIENT.id,
        client_secret: OP_CLIENT.secret,
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    cookies: { keys: ['a key of this test'] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const { params } = await provider.interactionDetails(ctx.req, ctx.res);
    const grant = new provider.Grant({ accountId: OP_SUB, clientId: String(params.client_id) });
    grant.addOIDCScope('openid');
    const result = { login: { accountId: OP_SUB }, consent: { grantId: await grant.save() } };
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  });
  server.on('request', provider.callback());
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Follows the provider's redirects with its cookies, up to redirect_uri, which is not requested. */
export async function walkStandardsOp(authorizeUrl: string): Promise<{ callbackUrl: string; hops: number }> {
  const cookies = new Map<string, string>();
  let url = authorizeUrl;
  for (let hops = 1; hops <= 10; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (!location) throw new Error(`${answer.status} ${await answer.text()}`);
    url = new URL(location, url).href;
    if (url.startsWith(`${REDIRECT_URI}?`)) return { callbackUrl: url, hops };
  }
  throw new Error('too many hops');
}
