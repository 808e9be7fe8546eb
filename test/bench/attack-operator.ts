import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { unsigned } from '../support/issuer.ts';
import { ATTACKS } from './attack-list.ts';

const TOKENS = { access_token: 'an-access-token-of-the-bench-1', token_type: 'Bearer', expires_in: 300 };
/** Read until its signature is asked for; it has none. */
const ID_TOKEN = unsigned({ alg: 'RS256', kid: 'key-1' }, { sub: 'someone' }, 'c2lnbmF0dXJl');

/**
 * The hostile operator, in a process of its own: `/<attack>/<leg>/<endpoint>` attacks where leg and endpoint are the same,
 * and is a healthy operator everywhere else. Says its port to the process that forked it.
 */
export async function startAttackOperator(): Promise<void> {
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    request.resume();
    const [, attack = '', leg = '', endpoint = ''] = (request.url ?? '').split('/');
    const playing = ATTACKS[Number(attack)];
    if (playing && leg === endpoint) return playing.answer(response);
    const tokens = leg === 'jwks' ? { ...TOKENS, id_token: ID_TOKEN } : TOKENS;
    const body = endpoint === 'token' ? tokens : { device_msisdn_verified: true };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.send?.((server.address() as AddressInfo).port);
  process.once('disconnect', () => process.exit());
}
