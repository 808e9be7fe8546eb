import { isOwnFailure, type OwnFailure } from '../own-failures.ts';
import type { Cause } from './cause.ts';
import { evidenceAt, failedHop, type Rule } from './rule.ts';

/** What this browser, device or backend refused or lost: never the operator's failure. */
export const oursNotTheirs: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  const code = failure?.code;
  if (!isOwnFailure(code)) return null;
  const detail = failedHop(symptoms)?.error?.raw ?? run.chainEnd?.url ?? code;
  return { ...OURS[code], confidence: 'certain', evidence: evidenceAt(symptoms, detail) };
};

const OURS: Record<OwnFailure, Pick<Cause, 'code' | 'owner' | 'cure'>> = {
  'authorize.no_host_permission': { code: 'host_not_permitted', owner: 'you', cure: 'allow_host' },
  'authorize.permission_revoked': { code: 'permission_revoked', owner: 'you', cure: 'allow_host' },
  'authorize.offline': { code: 'device_offline', owner: 'you', cure: 'go_online' },
  'authorize.network_changed': { code: 'network_changed', owner: 'you', cure: 'stay_on_mobile_data' },
  'authorize.blocked_by_client': { code: 'blocked_in_browser', owner: 'browser', cure: 'disable_blockers' },
  'authorize.listener_not_ready': { code: 'hop_not_observed', owner: 'browser', cure: 'reload_extension' },
  'callback.code_expired_locally': { code: 'backend_away', owner: 'backend', cure: 'start_backend' },
};
