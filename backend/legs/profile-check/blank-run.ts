import type { Profile } from '#protocol/profile.ts';
import { type Run, SCHEMA_VERSION } from '#protocol/run.ts';

/** A run in which nothing has happened, for the rules that look at one; it is stored nowhere. */
export function blankRun(profile: Profile): Run {
  const leg = { outcome: 'waiting', startedAtMs: null, durationMs: null } as const;
  return {
    schemaVersion: SCHEMA_VERSION,
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
    phase: 'authorizing',
    hops: [],
    chainEnd: null,
    legs: [
      { name: 'authorize', ...leg, exchanges: [], checks: [] },
      { name: 'token', ...leg, exchanges: [], checks: [] },
      { name: 'premiuminfo', ...leg, exchanges: [], checks: [] },
    ],
    failure: null,
    cause: null,
    verdict: null,
    endedAt: null,
    hashDoctor: null,
    events: [],
  };
}
