import { Agent, type buildConnector, type Dispatcher, request as undiciRequest } from 'undici';

import { type ConnectOptions, openConnector, rawOf } from './connect.ts';
import { forbiddenDestination } from './destinations.ts';
import { readFault, readFaultInBody, type UpstreamFault } from './faults.ts';
import { type Outbound, STRAIGHT_OUT } from './outbound.ts';

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
  /** Whether they may be on this machine or inside its network. */
  privateAddresses?: boolean;
  /** What differs when sockets are opened; a function opens them itself, where the simulated operator's names lead. */
  connect?: ConnectOptions | buildConnector.connector;
  outbound?: Outbound;
  deadlineMs?: number;
}

export function createUpstream({
  origins,
  privateAddresses = false,
  connect = {},
  outbound = STRAIGHT_OUT,
  deadlineMs = DEADLINE_MS,
}: UpstreamOptions): Upstream {
  if (typeof connect === 'function' && !privateAddresses)
    throw new TypeError('A connector of its own judges no address: it is for privateAddresses alone');
  const agent = new Agent({
    connections: outbound.connections,
    pipelining: 1,
    allowH2: false,
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    maxResponseSize: LARGEST_ANSWER,
    maxHeaderSize: 16_384,
    connect: typeof connect === 'function' ? connect : openConnector(connect, privateAddresses, outbound),
  });
  return {
    async send(request) {
      const url = new URL(request.url);
      if (!origins.has(url.origin))
        throw new TypeError(`No profile names ${url.origin}: refusing to send there`);
      const forbidden = forbiddenDestination(url, privateAddresses);
      if (forbidden === 'scheme' || forbidden === 'login' || forbidden === 'port')
        throw new TypeError(`Nothing is sent to ${url.origin}, because of its ${forbidden}`);
      if (!forbidden) return sendTo(agent, request, deadlineMs);
      const fault: UpstreamFault = { code: 'address_forbidden', raw: rawOf(forbidden), sent: 'no' };
      return { kind: 'failed', fault, durationMs: 0 };
    },
    close: () => agent.close(),
  };
}

async function sendTo(agent: Agent, request: UpstreamRequest, deadlineMs: number): Promise<UpstreamAnswer> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  const { dispatcher, begun } = noting(agent);
  let head: Dispatcher.ResponseData['headers'] | null = null;
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const asked = undiciRequest(request.url, {
      dispatcher,
      method: request.method,
      // A compressed answer could unpack to any size; none is asked for, and none is taken.
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      body: request.body,
      signal,
    });
    // undici ends what it has begun. What still waits for a connection is dropped when it gets one, and we go now.
    const response = await Promise.race([asked, rejectedAt(signal)]);
    head = response.headers;
    if (isEncoded(head)) {
      response.body.on('error', () => undefined).destroy();
      const fault: UpstreamFault = { code: 'not_conformant', raw: 'CONTENT_ENCODING', sent: 'unknown' };
      return { kind: 'failed', fault, durationMs: elapsed() };
    }
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
    const fault = head ? readFaultInBody(error, head) : readFault(error, begun() ? 'unknown' : 'no');
    return { kind: 'failed', fault, durationMs: elapsed() };
  }
}

function rejectedAt(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** The agent for one request, and whether its first byte may have been written: while connecting and waiting none is. */
function noting(agent: Agent): { dispatcher: Dispatcher; begun: () => boolean } {
  let begun = false;
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    const start = handler.onRequestStart;
    handler.onRequestStart = (...given) => {
      begun = true;
      start?.apply(handler, given);
    };
    return dispatch(options, handler);
  });
  return { dispatcher, begun: () => begun };
}

/** RFC 9110 §8.4: `identity` is not to be said, and harmless. */
function isEncoded(headers: Dispatcher.ResponseData['headers']): boolean {
  const codings = [headers['content-encoding'] ?? []].flat().flatMap((one) => one.split(','));
  return codings.some((one) => !['', 'identity'].includes(one.trim().toLowerCase()));
}

function flatten(headers: Dispatcher.ResponseData['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
  );
}
