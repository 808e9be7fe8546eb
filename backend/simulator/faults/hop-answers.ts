import type { Answer, FaultScenario, Reply } from '../scenario.ts';

type HopOverrides = NonNullable<FaultScenario['hops']>;

/*
 * The pieces of which faults in the chain are made. What stands in braces is filled in when it is played, see
 * fill-answer.ts.
 */

export function redirectTo(
  location: string | string[],
  headers: Record<string, string | string[]> = {},
): Reply {
  return { status: 302, headers: { location, ...headers } };
}

export function htmlPage(title: string, body: string, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${title}</title></head>\n<body>${body}</body>\n</html>\n`,
  };
}

export function jsonAnswer(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Back to the client, as the chain should end, with this query besides what the client is owed. */
export function backToClient(query: string): Reply {
  return redirectTo(`{redirect_uri}?${query}&state={state}&correlation_id={correlation_id}`);
}

/** A fault of the chain: its hops are all that is wrong. */
export function chainFault(name: string, about: string, hops: HopOverrides): FaultScenario {
  return { name, about, group: 'authorize', hops };
}

/** The discovery host answers this instead. */
export function discoveryFault(name: string, about: string, answer: Answer): FaultScenario {
  return chainFault(name, about, { discovery: { answer } });
}
