import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { hops } from './hop-fixtures.ts';
import { liveUk } from './profile-fixtures.ts';
import { authorizeLeg, checkOf, infoLeg, runOf, savedOf, tokenLeg, waiting } from './run-fixtures.ts';

/** Runs that go on, or went well. */
const open = { verdict: null, endedAt: null, cause: null, failure: null, chainEnd: null } as const;
const walkingLegs = [
  { ...waiting(authorizeLeg), outcome: 'running' as const },
  waiting(tokenLeg),
  waiting(infoLeg),
];
const live = { origin: 'live' as const, profile: liveUk, scenario: null };

export const walking: SavedRun = savedOf(
  runOf({ ...open, phase: 'authorizing', hops: hops.slice(0, 2), legs: walkingLegs }),
  {
    stage: 'walking',
    liveHop: {
      index: 3,
      url: 'http://he.operator.test/identify?session=‹session:1›',
      role: 'enrichment',
      startedAtMs: 92,
    },
  },
);

export const redeeming: SavedRun = savedOf(
  runOf({
    ...open,
    chainEnd: runOf().chainEnd,
    phase: 'redeeming',
    legs: [authorizeLeg, { ...waiting(tokenLeg), outcome: 'running', startedAtMs: 289 }, waiting(infoLeg)],
  }),
  { stage: 'handed_over' },
);

export const paused: SavedRun = savedOf(
  runOf({ ...open, ...live, phase: 'waiting', hops: hops.slice(0, 2), legs: walkingLegs }),
  {
    stage: 'walking',
    waitingFor: {
      kind: 'host_permission',
      host: 'he.operator.test',
      origins: ['*://*.operator.test/*'],
      since: Date.now(),
      until: Date.now() + 60_000,
    },
  },
);

/** In a tab, where the operator asks a person for something. */
export const atPage: SavedRun = savedOf(
  runOf({
    ...open,
    ...live,
    capture: 'tab',
    phase: 'waiting',
    hops: [
      ...hops.slice(0, 3),
      {
        ...(hops[3] as (typeof hops)[0]),
        status: 200,
        location: null,
        nextUrl: null,
        page: { contentType: 'text/html; charset=utf-8', title: 'Your consent', shows: [] },
      },
    ],
    legs: walkingLegs,
  }),
  {
    stage: 'walking',
    waitingFor: {
      kind: 'person',
      host: 'id.operator.test',
      tabId: 7,
      since: Date.now(),
      until: Date.now() + 8 * 60_000,
    },
  },
);

export const match: SavedRun = savedOf(runOf());

export const unsigned: SavedRun = savedOf(
  runOf({
    ...live,
    conditions: { sharing: { value: 'tethered', basis: 'stated', at: 0 } },
    legs: [
      authorizeLeg,
      {
        ...tokenLeg,
        exchanges: [
          {
            ...(tokenLeg.exchanges[0] as (typeof tokenLeg.exchanges)[0]),
            response: null,
            sent: 'no',
            error: { code: 'connect', raw: 'ECONNREFUSED' },
          },
          ...tokenLeg.exchanges,
        ],
        checks: tokenLeg.checks.map((check) =>
          check.name === 'signature'
            ? checkOf('signature', { result: 'not_checked', why: 'no_jwks_configured' })
            : check,
        ),
      },
      infoLeg,
    ],
  }),
);
