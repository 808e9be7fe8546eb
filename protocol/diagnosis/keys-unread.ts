import type { Run } from '../run.ts';
import { legOf } from '../run-reading.ts';
import { hostOf } from './address.ts';
import type { Cause, Evidence } from './cause.ts';
import type { Rule } from './rule.ts';

/** The operator's keys could not be fetched. Whose turn it is shows in what broke, or in what answered instead of keys. */
export const keysUnread: Rule = ({ run, failure }) => {
  if (failure?.code !== 'idtoken.jwks_unread') return null;
  return {
    code: 'keys_unread',
    confidence: 'certain',
    evidence: keysEvidence(run),
    ...turnOf(saidOfKeys(run)),
  };
};

/** Fetching the keys is no exchange of the leg: the check of the signature has what became of it. */
export function keysEvidence(run: Run): Evidence[] {
  const detail = [hostOf(run.profile.jwksUrl ?? ''), saidOfKeys(run)].filter(Boolean).join(': ');
  return [{ at: 'check', leg: 'token', hop: null, check: CHECK, detail }];
}

const CHECK = 'signature';

function saidOfKeys(run: Run): string {
  return legOf(run, 'token').checks.find(({ name }) => name === CHECK)?.actual ?? '';
}

/** A fault is `tls: CERT_HAS_EXPIRED`, by its kind and the runtime's own name; an answer is `503 text/html`. */
function turnOf(said: string): Pick<Cause, 'owner' | 'cure'> {
  if (said.includes(': PROXY_')) return { owner: 'backend', cure: 'check_proxy' };
  if (said.startsWith('tls: ')) return { owner: 'backend', cure: 'check_backend_tls' };
  if (/^(dns|connect): /.test(said)) return { owner: 'backend', cure: 'check_jwks_url' };
  if (/^(reset|timeout): /.test(said)) return { owner: 'backend', cure: 'run_again' };
  if (/^(429|5\d\d)\b/.test(said)) return { owner: 'operator', cure: 'wait_and_retry' };
  return { owner: 'client_setup', cure: 'check_jwks_url' };
}
