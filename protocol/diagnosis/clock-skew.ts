import type { Run } from '../run.ts';
import { legOf } from '../run-reading.ts';
import { exchangeEvidence, type Rule } from './rule.ts';

/** Milliseconds by which clocks may differ; as much as the id_token's times are given. */
const TOLERATED_MS = 60_000;

/** Our clock against the Date of the token answer (RFC 9110 §6.6.1): what fails an id_token's times, or soon will. */
export const clockSkew: Rule = ({ run, failure, verdict }) => {
  const judged = /^idtoken\.(expired|not_yet_valid|iat_too_old)$/.test(failure?.code ?? '');
  if (!judged && (failure || verdict !== 'match')) return null;
  const skew = skewOf(run);
  if (skew === null || Math.abs(skew) <= TOLERATED_MS) return null;
  return {
    code: 'clock_skew',
    owner: browserAgreesWithUs(run) ? 'operator' : 'backend',
    confidence: judged ? 'likely' : 'certain',
    evidence: exchangeEvidence(
      'token',
      `the operator’s Date is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} the backend’s clock`,
    ),
    cure: 'check_clock',
  };
};

/** Milliseconds by which the operator's Date is ahead of the backend's clock when its answer was recorded. */
function skewOf(run: Run): number | null {
  const headers = legOf(run, 'token').exchanges.at(-1)?.response?.headers ?? [];
  const date = Date.parse(headers.find(({ name }) => name.toLowerCase() === 'date')?.value ?? '');
  const at = run.events.findLast(({ type, leg }) => type === 'exchange' && leg === 'token')?.at;
  return Number.isNaN(date) || at === undefined ? null : date - at;
}

/** The browser's clock is a third witness: two that agree are more likely right. */
function browserAgreesWithUs(run: Run): boolean {
  const heard = run.events[0]?.at;
  return heard !== undefined && Math.abs(run.startedAt - heard) <= TOLERATED_MS;
}
