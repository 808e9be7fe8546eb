import { Agent, buildConnector, type Dispatcher, request as undiciRequest } from 'undici';

import { readFault, readFaultInBody, type UpstreamFault } from './faults.ts';

export interface UpstreamRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export type UpstreamAnswer =
  | { kind: 'answered'; status: number; headers: [string, string][]; body: string; durationMs: number }
  | { kind: 'failed'; fault: UpstreamFault; durationMs: number };

/** The only way out of the backend. Never throws for what a network or an operator can do. */
export type Send = (request: UpstreamRequest) => Promise<UpstreamAnswer>;

export interface Upstream {
  send: Send;
  close(): Promise<void>;
}

/** Wall-clock milliseconds for a whole answer: a dripped body beats every idle timeout, but not this. */
const DEADLINE_MS = 8000;
const LARGEST_ANSWER = 262_144;

export interface UpstreamOptions {
  /** Origins of the configured profiles; a request to any other is a bug of ours. */
  origins: ReadonlySet<string>;
  /** How to open sockets; the simulated operator's host names exist only inside the test browser. */
  connect?: Agent.Options['connect'];
  deadlineMs?: number;
}

export function createUpstream({ origins, connect, deadlineMs = DEADLINE_MS }: UpstreamOptions): Upstream {
  const unsent = new WeakSet<Error>();
  const agent = new Agent({
    connections: 32,
    pipelining: 1,
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    maxResponseSize: LARGEST_ANSWER,
    maxHeaderSize: 16_384,
    connect: reporting(connect ?? { timeout: 3000, minVersion: 'TLSv1.2' }, unsent),
  });
  const failedConnecting = (error: unknown) => error instanceof Error && unsent.has(error);
  return {
    send: (request) => send(agent, origins, deadlineMs, failedConnecting, request),
    close: () => agent.close(),
  };
}

/** Keeps the errors of connections that were never made: only then is it sure that nothing was sent. */
function reporting(
  connect: NonNullable<UpstreamOptions['connect']>,
  unsent: WeakSet<Error>,
): buildConnector.connector {
  const connector = typeof connect === 'function' ? connect : buildConnector(connect);
  return (options, done) =>
    connector(options, (...[error, socket]) => {
      if (error) unsent.add(error);
      done(...([error, socket] as Parameters<typeof done>));
    });
}

async function send(
  agent: Agent,
  origins: ReadonlySet<string>,
  deadlineMs: number,
  failedConnecting: (error: unknown) => boolean,
  request: UpstreamRequest,
): Promise<UpstreamAnswer> {
  const { origin } = new URL(request.url);
  if (!origins.has(origin)) throw new TypeError(`No profile names ${origin}: refusing to send there`);
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let head: Dispatcher.ResponseData['headers'] | null = null;
  try {
    const response = await undiciRequest(request.url, {
      dispatcher: agent,
      method: request.method,
      // A compressed answer could unpack to any size; none is asked for.
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      body: request.body,
      signal: AbortSignal.timeout(deadlineMs),
    });
    head = response.headers;
    // Not text(), which drops a byte order mark: JSON must not begin with one (RFC 8259 §8.1).
    const body = Buffer.from(await response.body.arrayBuffer()).toString('utf8');
    return {
      kind: 'answered',
      status: response.statusCode,
      headers: flatten(response.headers),
      body,
      durationMs: elapsed(),
    };
  } catch (error) {
    const fault = head ? readFaultInBody(error, head) : readFault(error, failedConnecting(error));
    return { kind: 'failed', fault, durationMs: elapsed() };
  }
}

function flatten(headers: Dispatcher.ResponseData['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
  );
}
