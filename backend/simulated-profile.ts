import { buildConnector } from 'undici';

import { DEFAULT_LIMITS, HostRule } from '#protocol/profile.ts';

import type { ServerProfile } from './legs/provider.ts';
import { NUMBER_VERIFY_DEFAULTS } from './operator-profile.ts';
import type { SimulatedOperator } from './simulator/simulated-operator.ts';

/** No configured profile may take it. */
export const SIMULATED_ID = 'simulated';

/** The simulated operator as a profile like any other, so that runs on it take exactly the way real ones take. */
export function simulatedProfile(operator: SimulatedOperator): ServerProfile {
  return {
    clientSecret: operator.client.secret,
    privateAddresses: true,
    connect: connectTo(operator),
    profile: {
      ...NUMBER_VERIFY_DEFAULTS,
      id: SIMULATED_ID,
      name: 'Simulated operator',
      country: 'GB',
      authorizeUrl: operator.authorizeUrl,
      tokenUrl: operator.tokenUrl,
      resource: {
        url: operator.premiuminfoUrl,
        requestKind: 'msisdn_hash',
        resultField: 'device_msisdn_verified',
      },
      clientId: operator.client.id,
      pkce: true,
      issuer: operator.issuer,
      jwksUrl: operator.jwksUrl,
      redirectUri: operator.redirectUri,
      hosts: operator.hosts.map((rule) => HostRule.parse(rule)),
      limits: DEFAULT_LIMITS,
      simulator: { scenarios: operator.scenarios },
    },
  };
}

/** The operator's names resolve only in the browser that was told of them; here its address is given, its TLS is not. */
function connectTo(operator: SimulatedOperator): ReturnType<typeof buildConnector> {
  const ca = operator.certificate ?? undefined;
  const connect = buildConnector(ca ? { ca, timeout: 3000 } : { timeout: 3000 });
  return (options, done) => {
    const { ports } = operator;
    const front = options.protocol === 'https:' ? ports.tls : ports.http;
    const isApi = options.hostname === new URL(operator.tokenUrl).hostname;
    const port = isApi ? ports.back : front;
    const servername = options.servername ?? options.hostname;
    connect({ ...options, hostname: '127.0.0.1', port: String(port), servername }, done);
  };
}
