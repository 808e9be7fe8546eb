import type { HashDoctor } from '#protocol/run.ts';

import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { noMatch } from './moments-bad.ts';
import { infoLeg, savedOf } from './run-fixtures.ts';

const MINUTE_MS = 60_000;

/** A run that ended with a no, so many milliseconds from now, and what came of asking again. */
function endedWithNo(endsInMs: number, hashDoctor: HashDoctor | null = null, known: object = {}): SavedRun {
  return savedOf({ ...noMatch.run, endedAt: Date.now() + endsInMs, hashDoctor, ...known });
}

const asked = (verified: boolean | null): HashDoctor => ({ form: 'plain', verified, at: Date.now() });

/** Ahead, so that the five minutes outlast a slow machine. */
export const doctorAskable = endedWithNo(20 * MINUTE_MS);

export const doctorExpired = endedWithNo(-6 * MINUTE_MS);

export const doctorNotAllowed = endedWithNo(0, null, {
  profile: { ...noMatch.run.profile, hashDoctor: false },
});

export const doctorNo = endedWithNo(0, asked(false));

export const doctorUnanswered = endedWithNo(0, asked(null));

const [first] = infoLeg.exchanges;

export const doctorYes = endedWithNo(0, asked(true), {
  legs: noMatch.run.legs.map((leg) =>
    leg.name === 'premiuminfo' && first
      ? { ...leg, exchanges: [first, { ...first, startedAtMs: 64_000 }] }
      : leg,
  ),
  cause: {
    code: 'hash_form_differs',
    owner: 'client_setup',
    mechanism: null,
    seen: 'certain',
    confidence: 'likely',
    evidence: [
      {
        at: 'exchange',
        leg: 'premiuminfo',
        hop: null,
        check: null,
        detail: 'asked again without +: "device_msisdn_verified": true',
      },
    ],
    cure: 'set_hash_form',
  },
});
