import type { Refusal, Reply } from './scenario.ts';
import type { AuthorizeRequest } from './sessions.ts';

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function errorReply(
  status: number,
  error: string,
  error_description: string,
  headers: Record<string, string> = {},
): Reply {
  return jsonReply(status, { error, error_description }, headers);
}

/** The chain's own redirects are plain 302 without a body. */
export function redirectReply(location: string, cookie?: string): Reply {
  return { status: 302, headers: { location, ...(cookie ? { 'set-cookie': cookie } : {}) } };
}

/** Back to the client with what it is owed: state, and correlation_id if it sent one (GSMA Mobile Connect DI R2.3). */
export function clientReply(
  redirectUri: string,
  result: Refusal | { code: string },
  request: Partial<Pick<AuthorizeRequest, 'state' | 'correlationId'>>,
): Reply {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(result)) target.searchParams.append(name, value);
  if (request.state) target.searchParams.append('state', request.state);
  if (request.correlationId) target.searchParams.append('correlation_id', request.correlationId);
  return redirectReply(target.href);
}

/** RFC 9110 §15.5.6 wants Allow with a 405. */
export function methodNotAllowed(allow: string): Reply {
  return errorReply(405, 'invalid_request', `Only ${allow} is allowed`, { allow });
}
