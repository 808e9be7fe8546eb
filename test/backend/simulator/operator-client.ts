import { Agent, buildConnector, request } from 'undici';

import type { SimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';

export interface Answered {
  url: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Browser {
  get(url: string): Promise<Answered>;
  send(
    url: string,
    init: { method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<Answered>;
  cookies: Map<string, Map<string, string>>;
  close(): Promise<void>;
}

/** Talks to the operator over real sockets as a browser would: names lead to its ports, cookies belong to hosts. */
export function openBrowser(operator: SimulatedOperator, { keepsCookies = true } = {}): Browser {
  const connector = buildConnector(operator.certificate ? { ca: operator.certificate } : {});
  const agent = new Agent({
    // As much as Chromium takes; the usual 16 kB are less than what some scenarios send.
    maxHeaderSize: 256 * 1024,
    connect(options, callback) {
      const port = options.protocol === 'https:' ? operator.ports.tls : operator.ports.http;
      connector(
        { ...options, hostname: '127.0.0.1', port: String(port), servername: options.hostname },
        callback,
      );
    },
  });
  const cookies = new Map<string, Map<string, string>>();
  const send: Browser['send'] = async (url, { method = 'GET', headers = {}, body }) => {
    const { hostname } = new URL(url);
    const jar = cookies.get(hostname) ?? new Map<string, string>();
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await request(url, {
      dispatcher: agent,
      method,
      headers: cookie ? { ...headers, cookie } : headers,
      ...(body === undefined ? {} : { body }),
    });
    for (const set of keepsCookies ? [answer.headers['set-cookie'] ?? []].flat() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(hostname, jar.set(name, value));
    }
    return { url, status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  };
  return { get: (url) => send(url, {}), send, cookies, close: () => agent.destroy() };
}

/** A good authorize URL; undefined leaves a parameter out. */
export function authorizeUrl(
  operator: SimulatedOperator,
  change: Record<string, string | undefined> = {},
): string {
  const params: Record<string, string | undefined> = {
    client_id: operator.client.id,
    redirect_uri: operator.redirectUri,
    response_type: 'code',
    scope: 'openid mc_vm_match_hash',
    version: 'mc_di_r2_v2.3',
    state: '2f1c6f0e-6ab6-4b0e-9f0d-6a3f1c1f7a11',
    nonce: '8d3f0f0c-2f6e-4c86-8a39-0a3f2d9d5c22',
    acr_values: '2',
    correlation_id: '4b4c2a7e-96a1-4b67-8c43-3d9f7d1e6b33',
    ...change,
  };
  const url = new URL(operator.authorizeUrl);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}

export interface Walk {
  hops: Answered[];
  /** The URL the chain ended with when it came to redirect_uri, which is not requested. */
  callback: URL | null;
}

/** Follows the chain until it comes to redirect_uri, shows a page, or was long enough. */
export async function walk(
  operator: SimulatedOperator,
  browser: Browser,
  start: string,
  limit = 10,
): Promise<Walk> {
  const hops: Answered[] = [];
  for (let url = start; hops.length < limit; ) {
    const hop = await browser.get(url);
    hops.push(hop);
    const location = hop.headers.location;
    if (typeof location !== 'string') break;
    if (location.startsWith(`${operator.redirectUri}?`)) return { hops, callback: new URL(location) };
    url = location;
  }
  return { hops, callback: null };
}

/** Walks a scenario and returns the code it ends with. */
export async function codeFor(
  operator: SimulatedOperator,
  browser: Browser,
  change: Record<string, string | undefined> = {},
): Promise<string> {
  const { callback } = await walk(operator, browser, authorizeUrl(operator, change));
  const code = callback?.searchParams.get('code');
  if (!code) throw new Error(`no code: ${callback?.search}`);
  return code;
}

/** RFC 6749 §2.3.1, written apart from the simulator's own decoder. */
export function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`;
}

/** A good token request; undefined leaves a field out. */
export async function redeem(
  operator: SimulatedOperator,
  browser: Browser,
  code: string,
  change: Record<string, string | undefined> = {},
  authorization = basic(operator.client.id, operator.client.secret),
): Promise<Answered> {
  const fields = Object.entries({
    grant_type: 'authorization_code',
    code,
    redirect_uri: operator.redirectUri,
    ...change,
  }).filter((field): field is [string, string] => field[1] !== undefined);
  return browser.send(operator.tokenUrl, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

export async function askPremiuminfo(
  operator: SimulatedOperator,
  browser: Browser,
  token: string,
  body: unknown,
): Promise<Answered> {
  return browser.send(operator.premiuminfoUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
