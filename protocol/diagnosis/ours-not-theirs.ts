import type { Cause } from './cause.ts';
import { evidenceAt, type Rule } from './rule.ts';

/** What this browser or device refused or lost: never the operator's failure. */
export const oursNotTheirs: Rule = (symptoms) => {
  const found = OURS[symptoms.failure?.code ?? ''];
  if (!found) return null;
  const hop = symptoms.run.hops.findLast(({ error }) => error !== null);
  const detail = hop?.error?.raw ?? symptoms.run.chainEnd?.url ?? symptoms.failure?.code ?? '';
  return { ...found, confidence: 'certain', evidence: evidenceAt(symptoms, detail) };
};

const OURS: Record<string, Pick<Cause, 'code' | 'owner' | 'cure'>> = {
  'authorize.no_host_permission': { code: 'host_not_permitted', owner: 'you', cure: 'allow_host' },
  'authorize.offline': { code: 'device_offline', owner: 'you', cure: 'go_online' },
  'authorize.network_changed': { code: 'device_offline', owner: 'you', cure: 'stay_on_mobile_data' },
  'authorize.blocked_by_client': { code: 'blocked_in_browser', owner: 'browser', cure: 'disable_blockers' },
};
