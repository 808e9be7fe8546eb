import fc from 'fast-check';

import type { Hop, HopNote } from '#protocol/hop.ts';
import type { Run } from '#protocol/run.ts';

import { recording } from '../../fixtures/runs/export-fixtures.ts';
import { hopOf } from '../../support/fixtures.ts';

const host = fc.constantFrom(
  'api.op.example',
  'he.op.example',
  'id.op.example',
  'gw1.op.example',
  'other.example',
);

/** Any hop of a chain. */
const anyHop: fc.Arbitrary<Hop> = fc
  .record({
    madeBy: fc.constantFrom<Hop['madeBy']>('network', 'network', 'network', 'browser'),
    role: fc.constantFrom<Hop['role']>('authorize', 'gateway', 'enrichment', 'identity', 'unknown'),
    host,
    next: fc.option(host),
    status: fc.constantFrom(200, 302, 307, null),
    ip: fc.constantFrom('127.0.0.1', '2001:db8::1', null),
    durationMs: fc.option(fc.nat({ max: 20_000 })),
    notes: fc.subarray<HopNote>(['plain_http', 'slow', 'unknown_host']),
    cookiesSet: fc.subarray(['vf-gw', 'id-session']),
  })
  .map(({ host: at, next, ...hop }) =>
    hopOf({ ...hop, url: `https://${at}/a?ticket=‹ticket:1›`, nextUrl: next && `https://${next}/b` }),
  );

export const anyChain = fc
  .array(anyHop, { maxLength: 8 })
  .map((hops) => hops.map((hop, at) => ({ ...hop, index: at + 1 })));

export function runWith(hops: Hop[], change: Partial<Run> = {}): Run {
  return recording('match', { hops, ...change });
}

export const reference = recording('match');

/** The reference with its chain changed, and numbered anew. */
export function changed(change: (hops: Hop[]) => Hop[]): Run {
  return {
    ...reference,
    hops: change(structuredClone(reference.hops)).map((hop, at) => ({ ...hop, index: at + 1 })),
  };
}
