import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { failureOf } from '../../../protocol/failure.ts';
import { hopOf, hops } from './hop-fixtures.ts';
import { liveUk } from './profile-fixtures.ts';
import { authorizeLeg, checkOf, infoLeg, notRun, runOf, savedOf, tokenLeg } from './run-fixtures.ts';

const live = { origin: 'live' as const, profile: liveUk, scenario: null };

/** Runs that ended otherwise. */
export const noMatch: SavedRun = savedOf(
  runOf({
    ...live,
    verdict: 'no_match',
    cause: {
      code: 'number_differs',
      owner: 'you',
      mechanism: null,
      seen: 'certain',
      confidence: 'likely',
      evidence: [
        {
          at: 'exchange',
          leg: 'premiuminfo',
          hop: null,
          check: null,
          detail: '"device_msisdn_verified": false',
        },
      ],
      cure: 'check_data_sim',
    },
  }),
);

const upgraded = 'https://he.operator.test/identify?session=‹session:1›';

export const failed: SavedRun = savedOf(
  runOf({
    ...live,
    verdict: 'failed',
    hops: [
      ...hops.slice(0, 2),
      hopOf(2, {
        madeBy: 'browser',
        role: 'enrichment',
        url: 'http://he.operator.test/identify?session=‹session:1›',
        status: 307,
        ip: null,
        startedAtMs: 91,
        durationMs: 1,
        nextUrl: upgraded,
        notes: ['upgraded_by_browser'],
        responseHeaders: [{ name: 'Non-Authoritative-Reason', value: 'HSTS' }],
      }),
      hopOf(3, {
        role: 'enrichment',
        url: upgraded,
        startedAtMs: 92,
        durationMs: 151,
        responseHeaders: [
          {
            name: 'Location',
            value:
              'https://app.relying-party.test/callback?error=access_denied&error_description=User is not recognized&state=‹state:1›',
          },
          { name: 'X-VIG-Trace-Id', value: '9f2c41d0-77ac' },
        ],
      }),
    ],
    chainEnd: {
      kind: 'callback',
      url: 'https://app.relying-party.test/callback?error=access_denied&error_description=User is not recognized&state=‹state:1›',
      atMs: 243,
    },
    legs: [
      {
        ...authorizeLeg,
        outcome: 'failed',
        durationMs: 243,
        checks: [
          checkOf('state'),
          checkOf('code', { result: 'failed', expected: 'code', actual: 'error=access_denied' }),
        ],
      },
      notRun(tokenLeg),
      notRun(infoLeg),
    ],
    failure: failureOf('authorize.access_denied', {
      hop: 3,
      operatorError: { error: 'access_denied', description: 'User is not recognized' },
    }),
    cause: {
      code: 'http_upgraded',
      owner: 'operator',
      mechanism: 'browser',
      seen: 'certain',
      confidence: 'likely',
      evidence: [
        { at: 'hop', leg: 'authorize', hop: 2, check: null, detail: '307, Non-Authoritative-Reason: HSTS' },
      ],
      cure: 'fresh_browser_profile',
    },
  }),
);

/** In the background, where it ends at a page; in a tab somebody could act on it. */
export const metPage: SavedRun = savedOf(
  runOf({
    ...live,
    verdict: 'failed',
    hops: [
      ...hops.slice(0, 3),
      {
        ...(hops[3] as (typeof hops)[0]),
        status: 200,
        location: null,
        nextUrl: null,
        page: { contentType: 'text/html; charset=utf-8', title: 'Your consent', shows: ['consent'] },
      },
    ],
    chainEnd: { kind: 'page', url: 'https://id.operator.test/consent', atMs: 240 },
    legs: [{ ...authorizeLeg, outcome: 'failed' }, notRun(tokenLeg), notRun(infoLeg)],
    failure: failureOf('authorize.html_page', { hop: 4 }),
    cause: {
      code: 'consent_page',
      owner: 'operator',
      mechanism: null,
      seen: 'likely',
      confidence: 'likely',
      evidence: [{ at: 'hop', leg: 'authorize', hop: 4, check: null, detail: 'Your consent' }],
      cure: 'report_page',
    },
  }),
);

export const tokenFailed: SavedRun = savedOf(
  runOf({
    expectation: 'must_fail',
    verdict: 'failed',
    legs: [
      authorizeLeg,
      {
        ...tokenLeg,
        outcome: 'failed',
        checks: tokenLeg.checks.map((check) =>
          check.name === 'nonce'
            ? checkOf('nonce', { result: 'failed', expected: '‹nonce:1›', actual: '‹nonce:2›' })
            : check,
        ),
      },
      notRun(infoLeg),
    ],
    failure: failureOf('idtoken.nonce_mismatch', { check: 'nonce', codeSpent: 'yes' }),
    cause: {
      code: 'response_not_ours',
      owner: 'operator',
      mechanism: null,
      seen: 'certain',
      confidence: 'certain',
      evidence: [
        { at: 'check', leg: 'token', hop: null, check: 'nonce', detail: 'expected ‹nonce:1›, got ‹nonce:2›' },
      ],
      cure: 'report_check',
    },
  }),
);

export const interrupted: SavedRun = savedOf(
  runOf({
    ...live,
    verdict: 'interrupted',
    hops: hops.slice(0, 3),
    chainEnd: { kind: 'interrupted', url: null, atMs: 213 },
    legs: [
      { ...authorizeLeg, outcome: 'running', durationMs: null, checks: [] },
      notRun(tokenLeg),
      notRun(infoLeg),
    ],
  }),
  { notSaved: { code: 'backend_unreachable', detail: null } },
);

export const cancelled: SavedRun = savedOf(
  runOf({
    verdict: 'cancelled',
    hops: hops.slice(0, 2),
    chainEnd: { kind: 'cancelled', url: null, atMs: 130 },
    legs: [
      { ...authorizeLeg, outcome: 'not_run', durationMs: null, checks: [] },
      notRun(tokenLeg),
      notRun(infoLeg),
    ],
  }),
);

export const unknown: SavedRun = savedOf(
  runOf({
    ...live,
    verdict: 'unknown',
    legs: [authorizeLeg, { ...tokenLeg, outcome: 'unknown', checks: [] }, notRun(infoLeg)],
    failure: failureOf('token.timeout', { codeSpent: 'unknown' }),
    cause: {
      code: 'result_unknown',
      owner: 'operator',
      mechanism: null,
      seen: 'certain',
      confidence: 'likely',
      evidence: [
        { at: 'exchange', leg: 'token', hop: null, check: null, detail: 'sent, no answer within 10 s' },
      ],
      cure: 'run_again',
    },
  }),
);
