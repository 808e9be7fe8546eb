import fc from 'fast-check';
import { test } from 'vitest';

import { beginHop, foldTraffic, readHop } from '../../extension/walker/assemble-hop.ts';
import { decideNext } from '../../extension/walker/decide-next.ts';
import { fuzz } from './fuzz.ts';
import { decisionProperty, hopProperty } from './location-property.ts';

test('of any Location, only redirect_uri ends the chain, and only what is harmless is asked for (A6 to A20, C12, C13)', () => {
  fc.assert(decisionProperty(decideNext), fuzz(4000));
});

test('of any answer to a hop, the record is valid, bounded and without a secret (A9, A11, A40, PR2)', () => {
  fc.assert(hopProperty({ beginHop, foldTraffic, readHop }), fuzz(800));
});
