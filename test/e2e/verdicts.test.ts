import { afterAll, beforeAll } from 'vitest';

import { SLOW_HOP_MS, testCoreScenarios } from '../support/core-scenarios.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';

let e2e: E2eStage;

beforeAll(async () => {
  e2e = await startE2e({ slowHopMs: SLOW_HOP_MS });
});
afterAll(() => e2e.close());

// What the browser makes of a chain, of pages in it, and of redirect_uri (A15, A21, PR1).
testCoreScenarios(() => e2e);
