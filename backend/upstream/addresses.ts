import { BlockList, isIP } from 'node:net';

/** What is at an address to which the backend sends nothing unless a profile says so. */
export type ForbiddenAddress = 'this_machine' | 'private' | 'link_local' | 'multicast' | 'reserved';

type Row = readonly [kind: ForbiddenAddress, network: string, prefix: number];

/** The special-purpose networks of IPv4 (RFC 6890 and its registry), and multicast. */
const IPV4: readonly Row[] = [
  ['this_machine', '0.0.0.0', 8],
  ['this_machine', '127.0.0.0', 8],
  ['private', '10.0.0.0', 8],
  // Shared by the subscribers of one carrier (RFC 6598).
  ['private', '100.64.0.0', 10],
  ['private', '172.16.0.0', 12],
  ['private', '192.168.0.0', 16],
  // With the metadata services of the clouds.
  ['link_local', '169.254.0.0', 16],
  ['reserved', '192.0.0.0', 24],
  ['reserved', '192.0.2.0', 24],
  ['reserved', '192.88.99.0', 24],
  ['reserved', '198.18.0.0', 15],
  ['reserved', '198.51.100.0', 24],
  ['reserved', '203.0.113.0', 24],
  ['multicast', '224.0.0.0', 4],
  ['reserved', '240.0.0.0', 4],
];

const IPV6: readonly Row[] = [
  ['this_machine', '::', 128],
  ['this_machine', '::1', 128],
  ['private', 'fc00::', 7],
  // Site-local: withdrawn (RFC 3879), and still routed by some.
  ['private', 'fec0::', 10],
  // NAT64 of one's own network (RFC 8215).
  ['private', '64:ff9b:1::', 48],
  ['link_local', 'fe80::', 10],
  ['multicast', 'ff00::', 8],
  // Protocol assignments with Teredo, whose far end is hidden in the address.
  ['reserved', '2001::', 23],
  ['reserved', '2001:db8::', 32],
  ['reserved', '3fff::', 20],
];

/** IPv6 networks that carry an IPv4 address after so many bits: mapped, NAT64 (RFC 6052) and 6to4 (RFC 3056). */
const CARRIERS: readonly [before: string, bits: number, after: string][] = [
  ['::ffff:', 96, ''],
  ['64:ff9b::', 96, ''],
  ['2002:', 16, '::'],
];

/** Where IPv6 hosts of the world are; all the rest of it is reserved, IPv4-compatible addresses among it. */
const WORLD: readonly [network: string, prefix: number][] = [
  ['2000::', 3],
  ['64:ff9b::', 96],
  ['::ffff:0:0', 96],
];

const FORBIDDEN = new Map<ForbiddenAddress, BlockList>();
for (const [kind, network, prefix] of IPV4) {
  listOf(kind).addSubnet(network, prefix, 'ipv4');
  const [a = 0, b = 0, c = 0, d = 0] = network.split('.').map(Number);
  const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  for (const [before, bits, after] of CARRIERS)
    listOf(kind).addSubnet(before + hex + after, bits + prefix, 'ipv6');
}
for (const [kind, network, prefix] of IPV6) listOf(kind).addSubnet(network, prefix, 'ipv6');

const world = new BlockList();
for (const [network, prefix] of WORLD) world.addSubnet(network, prefix, 'ipv6');

/** What forbids an IP address, or null for one that belongs to the world. What is no address is forbidden. Pure. */
export function forbiddenAddress(address: string): ForbiddenAddress | null {
  const [plain = ''] = address.split('%');
  const version = isIP(plain);
  if (version === 0) return 'reserved';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  for (const [kind, list] of FORBIDDEN) if (list.check(plain, family)) return kind;
  return version === 4 || world.check(plain, family) ? null : 'reserved';
}

function listOf(kind: ForbiddenAddress): BlockList {
  const list = FORBIDDEN.get(kind) ?? new BlockList();
  FORBIDDEN.set(kind, list);
  return list;
}
