import { expect, test } from 'vitest';

import { timingsOf } from '../../../backend/store/latency.ts';
import { profileAt, runOf } from '../../support/fixtures.ts';

test('how long a link waited for its phone is no latency of leg 1', () => {
  const run = runOf(profileAt('https://api.example'));
  const legs = run.legs.map((leg) => ({ ...leg, durationMs: 90_000 }));
  expect(timingsOf({ ...run, legs }).legs).toEqual({ authorize: 90_000, token: 90_000, premiuminfo: 90_000 });
  expect(timingsOf({ ...run, legs, capture: 'handoff' }).legs).toEqual({
    token: 90_000,
    premiuminfo: 90_000,
  });
});
