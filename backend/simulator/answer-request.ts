import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiPaths, type HostLabel, hopPaths } from './addresses.ts';
import { authorizeHop } from './authorize-hop.ts';
import { type Handler, readCall } from './call.ts';
import { continueHop } from './continue-hop.ts';
import { discoveryHop } from './discovery-hop.ts';
import { enrichmentHop } from './enrichment-hop.ts';
import { identityHop } from './identity-hop.ts';
import { jwksEndpoint } from './jwks-endpoint.ts';
import type { OperatorState } from './operator-state.ts';
import { pinHop } from './pin-hop.ts';
import { premiuminfoEndpoint } from './premiuminfo-endpoint.ts';
import { relyingParty } from './relying-party.ts';
import { errorReply } from './replies.ts';
import type { Answer } from './scenario.ts';
import { tokenEndpoint } from './token-endpoint.ts';

/** What answers where. Exact paths, as at a strict gateway: no trailing slash, no missing prefix. */
const routes: Record<Exclude<HostLabel, 'app'>, Record<string, Handler>> = {
  api: {
    [apiPaths.authorize]: authorizeHop,
    [apiPaths.continue]: continueHop,
    [apiPaths.token]: tokenEndpoint,
    [apiPaths.premiuminfo]: premiuminfoEndpoint,
    [apiPaths.jwks]: jwksEndpoint,
  },
  discovery: { [hopPaths.discovery]: discoveryHop },
  he: { [hopPaths.enrichment]: enrichmentHop },
  'he-pinned': { [hopPaths.pin]: pinHop, [hopPaths.enrichment]: enrichmentHop },
  id: { [hopPaths.identity]: identityHop },
};

export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  overTls: boolean,
  operator: OperatorState,
): Promise<void> {
  const label = operator.addresses.labelOf(request.headers.host);
  const call = await readCall(request, overTls);
  const handler = call && label && handlerFor(label, call.path, overTls, operator);
  let answer: Answer;
  if (!call) answer = errorReply(413, 'invalid_request', 'The body is too large');
  else if (!handler) answer = errorReply(404, 'not_found', 'There is nothing here');
  else answer = await handler(call, operator);

  if (answer === 'hang') return;
  if (answer === 'reset') {
    request.socket.destroy();
    return;
  }
  const body = answer.body ?? '';
  const headers = {
    'X-VIG-Trace-Id': `${randomBytes(4).toString('hex')}-${randomBytes(2).toString('hex')}`,
    'Cache-Control': 'no-store',
    'Content-Length': String(Buffer.byteLength(body)),
    ...answer.headers,
  };
  // One by one, because setHeader lets a scenario replace one of ours in any spelling.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = answer.status;
  response.end(body);
}

function handlerFor(
  label: HostLabel,
  path: string,
  overTls: boolean,
  operator: OperatorState,
): Handler | undefined {
  if (label === 'app') return relyingParty;
  const wantsTls = operator.addresses.hosts.some(
    ({ pattern, scheme }) => scheme === 'https' && operator.addresses.labelOf(pattern) === label,
  );
  // A secret or a code sent in clear must find nobody; only the enrichment hosts answer in both.
  if (wantsTls && !overTls) return undefined;
  const table = routes[label];
  return Object.hasOwn(table, path) ? table[path] : undefined;
}
