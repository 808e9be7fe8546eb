import { isOwnFailure, type OwnFailure } from '../own-failures.ts';
import type { Cause } from './cause.ts';
import { keysEvidence } from './keys-unread.ts';
import { evidenceAt, failedHop, lastExchange, type Rule, type Symptoms } from './rule.ts';

/** What this browser, device or backend refused or lost: never the operator's failure. */
export const oursNotTheirs: Rule = (symptoms) => {
  const code = symptoms.failure?.code;
  if (!isOwnFailure(code)) return null;
  if (code === 'idtoken.address_forbidden')
    return { ...OURS[code], confidence: 'certain', evidence: keysEvidence(symptoms.run) };
  const detail = refusedAddress(symptoms) ?? failedHop(symptoms)?.error?.raw ?? symptoms.run.chainEnd?.url;
  return { ...OURS[code], confidence: 'certain', evidence: evidenceAt(symptoms, detail ?? code) };
};

/** Which host it was that the backend does not send to, and what is there. */
function refusedAddress(symptoms: Symptoms): string | null {
  const { request, error } = lastExchange(symptoms) ?? {};
  return request && error ? `${URL.parse(request.url)?.hostname ?? request.url}: ${error.raw}` : null;
}

const INSIDE = {
  code: 'address_inside_network',
  owner: 'client_setup',
  cure: 'check_private_address',
} as const;
const BUDGET = { code: 'daily_budget_spent', owner: 'backend', cure: 'wait_for_budget' } as const;

const OURS: Record<OwnFailure, Pick<Cause, 'code' | 'owner' | 'cure'>> = {
  'authorize.no_host_permission': { code: 'host_not_permitted', owner: 'you', cure: 'allow_host' },
  'authorize.permission_revoked': { code: 'permission_revoked', owner: 'you', cure: 'allow_host' },
  'authorize.offline': { code: 'device_offline', owner: 'you', cure: 'go_online' },
  'authorize.network_changed': { code: 'network_changed', owner: 'you', cure: 'stay_on_mobile_data' },
  'authorize.blocked_by_client': { code: 'blocked_in_browser', owner: 'browser', cure: 'disable_blockers' },
  'authorize.listener_not_ready': { code: 'hop_not_observed', owner: 'browser', cure: 'reload_extension' },
  'callback.code_expired_locally': { code: 'backend_away', owner: 'backend', cure: 'start_backend' },
  'authorize.address_forbidden': INSIDE,
  'token.address_forbidden': INSIDE,
  'idtoken.address_forbidden': INSIDE,
  'premiuminfo.address_forbidden': INSIDE,
  'token.budget_spent': BUDGET,
  'premiuminfo.budget_spent': BUDGET,
};
