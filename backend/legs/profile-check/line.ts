import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import { type Failure, failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { OperatorError } from '#protocol/operator-error.ts';
import type { Profile } from '#protocol/profile.ts';
import type { ProfileCheckLine } from '#protocol/profile-check.ts';
import type { UpstreamFault } from '../../upstream/faults.ts';
import { blankRun } from './blank-run.ts';

/** A line before it is known whose it is and how long it took. */
export type Outcome = Omit<ProfileCheckLine, 'name' | 'durationMs'>;
type Blame = Pick<ProfileCheckLine, 'owner' | 'cure'>;

const nothing = { why: null, failure: null, owner: null, cure: null };

export function good(seen: string): Outcome {
  return { ...nothing, result: 'passed', seen };
}

/** `why` is a message key. */
export function notChecked(why: string): Outcome {
  return { ...nothing, result: 'not_checked', seen: '', why };
}

export function bad(result: 'failed' | 'warned', seen: string, failure: FailureCode, blame: Blame): Outcome {
  return { result, seen, why: null, failure, ...blame };
}

/** No answer, by the runtime's own name for it: from here, nothing at that address can be talked to. */
export function unanswered(code: FailureCode, fault: UpstreamFault, cure: Blame['cure']): Outcome {
  const { raw } = fault;
  if (fault.code === 'address_forbidden') {
    return bad('failed', raw, code, { owner: 'client_setup', cure: 'check_private_address' });
  }
  if (raw.startsWith('PROXY_')) return bad('failed', raw, code, { owner: 'backend', cure: 'check_proxy' });
  if (fault.code === 'budget_spent')
    return bad('failed', raw, code, { owner: 'backend', cure: 'wait_for_budget' });
  return bad('failed', raw, code, { owner: 'backend', cure });
}

/** Whose fault a failure is, by the rules that diagnose runs. */
export function blameFor(profile: Profile, code: FailureCode, known: Partial<Failure> = {}) {
  const cause = diagnose(blankRun(profile), 'failed', failureOf(code, known));
  return { cause: cause?.code ?? null, owner: cause?.owner ?? null, cure: cause?.cure ?? null };
}

/** 404 at an endpoint: often the `/mobileconnect` of the operator's base URL was left out. */
export function nothingThere(url: string): Blame {
  const missing = !url.includes('/mobileconnect/');
  return { owner: 'client_setup', cure: missing ? 'add_mobileconnect' : 'check_api_host' };
}

/** `400 invalid_request: redirect_uri is invalid`. */
export function inWords(status: number, { error, description }: OperatorError): string {
  return description ? `${status} ${error}: ${description}` : `${status} ${error}`;
}
