import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiPaths, hopPaths } from './addresses.ts';
import { authorizeHop } from './authorize-hop.ts';
import { type Handler, readCall } from './call.ts';
import { captivePortal } from './captive-portal.ts';
import { continueHop } from './continue-hop.ts';
import { detourHop } from './detour-hop.ts';
import { discoveryHop } from './discovery-hop.ts';
import { enrichmentHop } from './enrichment-hop.ts';
import type { HostLabel } from './hosts.ts';
import { identityHop } from './identity-hop.ts';
import { jwksEndpoint } from './jwks-endpoint.ts';
import type { OperatorState } from './operator-state.ts';
import { pinHop } from './pin-hop.ts';
import { premiuminfoEndpoint } from './premiuminfo-endpoint.ts';
import { relyingParty } from './relying-party.ts';
import { errorReply } from './replies.ts';
import { sendAnswer } from './send-answer.ts';
import type { Wire } from './servers.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import type { Sent } from './toxic.ts';
import { wait } from './wait.ts';

/** What answers where. Exact paths, as at a strict gateway: no trailing slash, no missing prefix. */
const routes: Partial<Record<HostLabel, Record<string, Handler>>> = {
  api: {
    [apiPaths.authorize]: authorizeHop,
    [apiPaths.continue]: continueHop,
    [apiPaths.token]: tokenEndpoint,
    [apiPaths.premiuminfo]: premiuminfoEndpoint,
  },
  discovery: { [hopPaths.discovery]: discoveryHop },
  he: { [hopPaths.enrichment]: enrichmentHop },
  'he-pinned': { [hopPaths.pin]: pinHop, [hopPaths.enrichment]: enrichmentHop },
  // The keys are on a host that is up when the gateway is down.
  id: { [hopPaths.identity]: identityHop, [apiPaths.jwks]: jwksEndpoint },
  other: { [hopPaths.detour]: detourHop },
};

/** What a client's server asks. */
const TIMED = [apiPaths.token, apiPaths.premiuminfo];

function timeOf({ answerMs: [from, to] }: OperatorState): number {
  return from + Math.random() * (to - from);
}

export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  wire: Wire,
  operator: OperatorState,
): Promise<void> {
  const label = operator.addresses.labelOf(request.headers.host);
  const call = await readCall(request, wire.overTls);
  const handler = call && label && handlerFor(label, call.path, wire.overTls, operator);
  let sent: Sent;
  if (!call) sent = errorReply(413, 'invalid_request', 'The body is too large');
  else if (!handler) sent = errorReply(404, 'not_found', 'There is nothing here');
  else {
    sent = await handler(call, operator);
    if (TIMED.includes(call.path)) await wait(timeOf(operator), operator.closing);
  }
  await sendAnswer(sent, response, wire, operator.closing);
}

function handlerFor(
  label: HostLabel,
  path: string,
  overTls: boolean,
  operator: OperatorState,
): Handler | undefined {
  if (label === 'app') return relyingParty;
  if (label === 'portal') return captivePortal;
  const wantsTls = operator.addresses.hosts.some(
    ({ pattern, scheme }) => scheme === 'https' && operator.addresses.labelOf(pattern) === label,
  );
  // A secret or a code sent in clear must find nobody; only the enrichment hosts answer in both.
  if (wantsTls && !overTls) return undefined;
  const table = routes[label] ?? {};
  return Object.hasOwn(table, path) ? table[path] : undefined;
}
