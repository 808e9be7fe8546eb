/** The yardstick: nothing but the two calls, one after the other, with the client every backend would use. */
import { createServer } from 'node:http';
import { Agent, buildConnector, request } from 'undici';

import type { SimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';

const { operator } = JSON.parse(process.argv[2] ?? '{}') as { operator: SimulatedOperator };
const connect = buildConnector({});
const dispatcher = new Agent({
  connections: 1024,
  connect: (options, done) =>
    connect({ ...options, hostname: '127.0.0.1', port: String(operator.ports.back) }, done),
});
const basic = Buffer.from(`${operator.client.id}:${operator.client.secret}`).toString('base64');

const server = createServer((incoming, response) => {
  let text = '';
  incoming.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  incoming.on('end', () => void verify(JSON.parse(text)).then((answer) => response.end(answer)));
});

async function verify({ code, numberHash }: { code: string; numberHash: string }): Promise<string> {
  const token = await request(operator.tokenUrl, {
    dispatcher,
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: operator.redirectUri,
    }).toString(),
  });
  const { access_token } = (await token.body.json()) as { access_token: string };
  const info = await request(operator.premiuminfoUrl, {
    dispatcher,
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ mc_claims: { device_msisdn_hash: numberHash } }),
  });
  return info.body.text();
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4096, () => {
  const address = server.address();
  process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
});
process.once('SIGTERM', () => process.exit(0));
