import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { carryFromCallback } from '../../backend/legs/carry-run.ts';
import { type LegBench, openLegBench } from '../support/leg-bench.ts';
import { fuzz } from './fuzz.ts';
import { wholeRunProperty } from './whole-run-property.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench?.close());

test('whatever an operator answers, a run ends once, and is a match only when everything holds (PR5, PR6)', {
  timeout: 120_000,
}, async () => {
  const counts = { match: 0, failed: 0, unknown: 0, no_match: 0 };
  await fc.assert(wholeRunProperty(bench, carryFromCallback, counts), fuzz(250));
  // Each of them must have been played, or the property says nothing.
  expect(Math.min(...Object.values(counts)), JSON.stringify(counts)).toBeGreaterThan(0);
});
