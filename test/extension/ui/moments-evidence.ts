import { failureOf } from '#protocol/failure.ts';

import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { liveUk } from './profile-fixtures.ts';
import { authorizeLeg, checkOf, infoLeg, notRun, runOf, savedOf, tokenLeg } from './run-fixtures.ts';

/** A failure that several things speak for, at a row of leg 1 that carries checks. */
export const severalEvidence: SavedRun = savedOf(
  runOf({
    origin: 'live',
    profile: liveUk,
    scenario: null,
    expectation: 'must_fail',
    verdict: 'failed',
    legs: [
      {
        ...authorizeLeg,
        outcome: 'failed',
        checks: [
          checkOf('state', { actual: '‹state:1›', clause: 'RFC 6749 §10.12' }),
          checkOf('redirect_uri', { clause: 'RFC 6749 §3.1.2' }),
          checkOf('iss_param', {
            result: 'failed',
            clause: 'RFC 9207 §2.4',
            expected: 'https://api.operator.test',
            actual: 'https://api.other.test',
          }),
          checkOf('correlation_id', {
            result: 'warned',
            severity: 'warn',
            clause: 'MC DI R2.3',
            expected: '7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa',
          }),
          checkOf('parameters', { result: 'not_checked', why: 'not_requested' }),
        ],
      },
      notRun(tokenLeg),
      notRun(infoLeg),
    ],
    failure: failureOf('callback.iss_mismatch', { check: 'iss_param' }),
    cause: {
      code: 'response_not_ours',
      owner: 'operator',
      mechanism: null,
      seen: 'certain',
      confidence: 'likely',
      evidence: [
        {
          at: 'check',
          leg: 'authorize',
          hop: null,
          check: 'iss_param',
          detail: 'expected https://api.operator.test',
        },
        { at: 'hop', leg: 'authorize', hop: 5, check: null, detail: 'led to the callback' },
        { at: 'chain_end', leg: 'authorize', hop: null, check: null, detail: 'iss=https://api.other.test' },
        { at: 'check', leg: 'authorize', hop: null, check: 'correlation_id', detail: 'not echoed' },
      ],
      cure: 'check_issuer',
    },
  }),
);
