import type { Profile } from '#protocol/profile.ts';

import type { UpstreamRequest } from '../../upstream/send.ts';

/** Verified MSISDN resource request: POST, Bearer, the claim that `mc_vm_match_hash` is for. Pure. */
export function buildPremiuminfoRequest(
  profile: Profile,
  accessToken: string,
  numberHash: string,
): UpstreamRequest {
  return {
    method: 'POST',
    url: profile.resource.url,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ mc_claims: { device_msisdn_hash: numberHash } }),
  };
}
