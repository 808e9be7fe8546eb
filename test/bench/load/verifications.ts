/** A verification, as the bench makes it: at the backend, and at the bare proxy. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';

import type { SimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';
import { createRequest } from '../../support/bench.ts';
import { callbackOf, numberHash } from './walked.ts';

/** Ready to be sent: leg 1 is done. */
export interface Ready {
  id: string;
  body: string;
}

export interface Done {
  id: string;
  ms: number;
  /** What of it the operator took (ms); null where that is not known. */
  upstreamMs: number | null;
  verdict: string;
}

const dispatcher = new Agent({ connections: 2000, keepAliveTimeout: 60_000 });
const send = (url: string, key: string, method: 'GET' | 'POST', body: string | null) =>
  request(url, {
    dispatcher,
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body,
  });

/** Asks the next backend where one is going or gone, as a proxy in front of both does. */
export async function ask(
  urls: readonly string[],
  key: string,
  path: string,
  body: string | null,
): Promise<string> {
  for (let turn = Math.floor(Math.random() * urls.length), tries = 1; ; turn += 1, tries += 1) {
    const reply = await send(
      urls[turn % urls.length] + path,
      key,
      body === null ? 'GET' : 'POST',
      body,
    ).catch(() => null);
    const text = reply && (await reply.body.text().catch(() => null));
    if (text !== null && reply && reply.statusCode < 300) return text;
    if (tries > 20 * urls.length || (reply && reply.statusCode !== 503 && text !== null))
      throw new Error(`${path}: ${reply?.statusCode} ${text}`);
    if (tries % urls.length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Opens a run and walks it; both are before the load. */
export async function makeReady(
  urls: readonly string[],
  key: string,
  operator: SimulatedOperator,
): Promise<Ready> {
  const id = randomUUID();
  const created = JSON.parse(await ask(urls, key, '/v1/runs', JSON.stringify(createRequest({ id }))));
  const callbackUrl = await callbackOf(created.authorizeUrl, operator.redirectUri);
  const chainEnd = { kind: 'callback', url: operator.redirectUri, atMs: 250 };
  return { id, body: JSON.stringify({ hops: [], chainEnd, callbackUrl, numberHash: numberHash(operator) }) };
}

export async function verify(urls: readonly string[], key: string, { id, body }: Ready): Promise<Done> {
  const started = performance.now();
  const text = await ask(urls, key, `/v1/runs/${id}/callback`, body);
  const ms = performance.now() - started;
  const upstreamMs = [...text.matchAll(/"type":"exchange".*?"durationMs":([\d.]+)/g)].reduce(
    (sum, [, took]) => sum + Number(took),
    0,
  );
  return { id, ms, upstreamMs, verdict: /"type":"ended","verdict":"(\w+)"/.exec(text)?.[1] ?? 'none' };
}

/** The same for the proxy: a code, and nothing that a backend would derive. */
export async function makeReadyBare(operator: SimulatedOperator): Promise<Ready> {
  const state = randomBytes(16).toString('hex');
  const url = new URL(operator.authorizeUrl);
  for (const [name, value] of Object.entries({
    ...{ client_id: operator.client.id, redirect_uri: operator.redirectUri, response_type: 'code' },
    ...{ scope: 'openid mc_vm_match_hash', version: 'mc_di_r2_v2.3', acr_values: '2' },
    ...{ state, nonce: randomUUID(), scenario: 'match' },
  }))
    url.searchParams.set(name, value);
  const back = new URL(await callbackOf(url.href, operator.redirectUri));
  return {
    id: state,
    body: JSON.stringify({ code: back.searchParams.get('code'), numberHash: numberHash(operator) }),
  };
}

export async function verifyBare(url: string, { id, body }: Ready): Promise<Done> {
  const started = performance.now();
  const { body: answer } = await send(url, '', 'POST', body);
  const text = await answer.text();
  const verdict = /"device_msisdn_verified":\s*"?true/.test(text) ? 'match' : text.slice(0, 80);
  return { id, ms: performance.now() - started, upstreamMs: null, verdict };
}
