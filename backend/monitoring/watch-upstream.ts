import type { Profile } from '#protocol/profile.ts';

import { endpointIn } from '../upstream/endpoint-in.ts';
import type { Send, UpstreamAnswer } from '../upstream/send.ts';
import type { Metrics } from './metrics.ts';

/** Counts what went wrong towards the operator of a profile, each try by itself. */
export function watchUpstream({ upstreamErrors }: Metrics, profile: Profile): (send: Send) => Send {
  return (send) => async (request) => {
    const answer = await send(request);
    const code = errorIn(answer);
    if (code) upstreamErrors.inc({ profile: profile.id, endpoint: endpointOf(request.url, profile), code });
    return answer;
  };
}

function errorIn(answer: UpstreamAnswer): string | null {
  if (answer.kind === 'failed') return answer.fault.code;
  const { status } = answer;
  return status < 400 ? null : status < 500 ? 'http_4xx' : 'http_5xx';
}

function endpointOf(url: string, { tokenUrl, resource, jwksUrl }: Profile): string {
  const asked = endpointIn(url);
  if (asked === endpointIn(tokenUrl)) return 'token';
  if (asked === endpointIn(resource.url)) return 'premiuminfo';
  return jwksUrl !== null && asked === endpointIn(jwksUrl) ? 'jwks' : 'authorize';
}
