import { exchangeEvidence, operatorWords, type Rule } from './rule.ts';

/** Milliseconds of age up to which a code cannot have expired by our doing (RFC 6749 §4.1.2 recommends ten minutes at most). */
const YOUNG_MS = 10_000;

/** invalid_grant: expired, used, or bound to another redirect_uri. We send the same redirect_uri and each code once, so age decides whose it is. */
export const codeNotAccepted: Rule = ({ run, failure }) => {
  if (failure?.code !== 'token.invalid_grant' && failure?.code !== 'token.code_already_used') return null;
  const sentAt = run.legs.find(({ name }) => name === 'token')?.exchanges.at(-1)?.startedAtMs ?? 0;
  const age = Math.max(0, sentAt - (run.chainEnd?.atMs ?? sentAt));
  const ours = failure.code === 'token.code_already_used' || age > YOUNG_MS;
  return {
    code: 'code_not_accepted',
    owner: ours ? 'backend' : 'operator',
    confidence: ours ? 'likely' : 'possible',
    evidence: exchangeEvidence(
      'token',
      `${operatorWords(failure) || failure.code} · code sent ${Math.round(age)} ms after it arrived`,
    ),
    cure: 'run_again',
  };
};
