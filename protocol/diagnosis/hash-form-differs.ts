import type { HashForm } from '../profile.ts';
import type { Run } from '../run.ts';
import type { Cause } from './cause.ts';
import { exchangeEvidence } from './rule.ts';

/**
 * Likely, never certain: a number typed a second time is held against the run by its mask alone.
 *
 * What the answer to the number written the other way makes of a run's cause. A yes: the number is the SIM's, and the
 * operator hashes it in that form. A second no: in neither form is it the SIM's. No answer tells nothing new.
 */
export function diagnoseHashDoctor(run: Run, form: HashForm, verified: boolean | null): Cause | null {
  if (verified === null) return run.cause;
  const evidence = exchangeEvidence('premiuminfo', `${form}: ${verified}`);
  if (!verified) {
    return run.cause && { ...run.cause, evidence: [...run.cause.evidence, ...evidence] };
  }
  return {
    code: 'hash_form_differs',
    owner: 'client_setup',
    mechanism: null,
    seen: 'certain',
    confidence: 'likely',
    evidence,
    cure: 'set_hash_form',
  };
}
