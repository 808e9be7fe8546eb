import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

import { type ForbiddenAddress, forbiddenAddress } from './addresses.ts';
import type { Outbound } from './outbound.ts';
import { connectThrough, passesProxy } from './proxy.ts';

/** Milliseconds for a name and a connection, and again for TLS where a proxy stands before it. */
const CONNECT_MS = 3000;

/** A name that leads to where the backend may not send. Its code says what is there, and not which address it is. */
class AddressForbidden extends Error {
  readonly code: string;

  constructor(kind: ForbiddenAddress) {
    super('The host has an address to which nothing is sent');
    this.name = 'AddressForbidden';
    this.code = rawOf(kind);
  }
}

/** How such a kind stands in records, beside `ECONNREFUSED` and the like. */
export function rawOf(kind: ForbiddenAddress): `ADDRESS_${string}` {
  return `ADDRESS_${kind.toUpperCase()}`;
}

export type ConnectOptions = buildConnector.BuildOptions & { lookup?: LookupFunction };

/** Opens sockets to addresses that were judged: straight, or through a proxy that looks names up itself. */
export function openConnector(
  own: ConnectOptions,
  privateAddresses: boolean,
  { proxy, secureContext }: Outbound,
): buildConnector.connector {
  const lookup = own.lookup ?? systemLookup;
  const options: ConnectOptions = {
    timeout: CONNECT_MS,
    minVersion: 'TLSv1.2',
    // The caps on an answer are those of HTTP/1.1.
    allowH2: false,
    ...(secureContext ? { secureContext } : {}),
    ...own,
    lookup: privateAddresses ? lookup : judging(lookup),
  };
  const straight = buildConnector(options);
  if (!proxy) return straight;
  const proxied = connectThrough(proxy.url, options);
  return (target, done) => {
    const { protocol, hostname, port } = target;
    const around = protocol !== 'https:' || passesProxy(hostname, port || '443', proxy.except);
    return around ? straight(target, done) : proxied(target, done);
  };
}

/**
 * A look-up whose every answer is judged, and which hands on just what it judged: the connection is made to that, and
 * not to what the name leads to by then. One forbidden address among several refuses them all, or whoever answers for
 * the name could choose.
 */
function judging(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = (Array.isArray(found) ? found : []) as LookupAddress[];
      const [first] = addresses;
      const kind = addresses.map(({ address }) => forbiddenAddress(address)).find((one) => one !== null);
      if (error) done(error, []);
      else if (kind) done(new AddressForbidden(kind), []);
      else if (!first) done(Object.assign(new Error('No address'), { code: 'ENOTFOUND' }), []);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
}
