import type { Profile } from '#protocol/profile.ts';
import { isLoopback } from '#protocol/redirect-uri.ts';

import { type Judged, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'config', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

/** What the backend refuses at its start is not asked again; this is what only an operator can say is wrong. */
export function judgeConfig(profile: Profile): Judged {
  const scope = profile.scope.split(' ');
  const clear = [profile.authorizeUrl, profile.tokenUrl, profile.resource.url].filter(isInClear);
  const faults = [
    ...clear.map((url) => `${url} is not https`),
    ...(scope.includes('openid') ? [] : ['scope lacks openid']),
    ...(scope.some((one) => /(?:vm_match|mnv_validate)/.test(one)) ? [] : ['scope lacks mc_vm_match_hash']),
    ...(profile.version === '' ? ['version is empty'] : []),
    ...(/^[1-4]( [1-4])*$/.test(profile.acrValues ?? '1') ? [] : ['acr_values is outside 1 to 4']),
  ];
  return faults.length === 0
    ? passed(RULE)
    : warned(RULE, 'a request an operator can take', faults.join(', '));
}

function isInClear(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol !== 'https:' && !isLoopback(parsed?.hostname ?? '');
}
