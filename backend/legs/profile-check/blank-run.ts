import { beginRun } from '#protocol/begin-run.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';

/** A run in which nothing has happened, for the rules that look at one; it is stored nowhere. */
export function blankRun(profile: Profile): Run {
  return beginRun({
    id: '00000000-0000-4000-8000-000000000000',
    ownerId: 'local',
    profile,
    capture: 'fetch',
    origin: profile.simulator ? 'simulated' : 'live',
    scenario: null,
    startedAt: 0,
    utcOffsetMinutes: 0,
    localDay: '1970-01-01',
    number: null,
    correlationId: '',
    conditions: {},
    expectation: 'match',
  });
}
