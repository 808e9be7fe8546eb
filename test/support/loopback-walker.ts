/** Walks the simulated operator of a real backend process, whose hosts are names below `localhost`. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, buildConnector, request } from 'undici';
import type { ProfilesReply } from '#protocol/backend-api.ts';
import { type CallbackRequest, CreateRunReply } from '#protocol/backend-api.ts';

import { createRequest } from './bench.ts';

/** A backend as its pairing line names it. */
export interface Paired {
  url: string;
  key: string;
}

export function pairedWith(pairingLine: string): Paired {
  const { origin, hash } = new URL(pairingLine);
  return { url: origin, key: hash.slice(1) };
}

export function callPaired(
  { url, key }: Paired,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

/** Opens a run of a scenario, says so, and walks up to redirect_uri; what comes back is ready for `/callback`. */
export async function walkLoopback(
  backend: Paired,
  scenario: string,
  made: (id: string) => void = () => undefined,
): Promise<{ id: string; submission: CallbackRequest }> {
  const profiles = (await (await callPaired(backend, 'GET', '/v1/profiles')).json()) as ProfilesReply;
  const [profile] = profiles.profiles;
  const number = profile?.simulator?.scenarios.find(({ name }) => name === scenario)?.number ?? '';
  const created = CreateRunReply.parse(await (await createWhenThereIsTime(backend, scenario)).json());
  made(created.run.id);
  const callbackUrl = await walk(created.authorizeUrl, profile?.redirectUri ?? '');
  const submission = {
    hops: [],
    chainEnd: { kind: 'callback' as const, url: profile?.redirectUri ?? '', atMs: 250 },
    callbackUrl,
    numberHash: createHash('sha256').update(number).digest('hex'),
  };
  return { id: created.run.id, submission };
}

/** A backend on a slow machine may say that it has too much to do, and when to come back (RFC 9110 §10.2.3). */
async function createWhenThereIsTime(backend: Paired, scenario: string): Promise<Response> {
  const request = createRequest({ scenario });
  for (;;) {
    const reply = await callPaired(backend, 'POST', '/v1/runs', request);
    if (reply.status !== 503) return reply;
    await reply.text();
    await delay(Number(reply.headers.get('retry-after')) * 1000);
  }
}

async function walk(start: string, redirectUri: string): Promise<string> {
  const connector = buildConnector({});
  const dispatcher = new Agent({
    connect: (options, callback) => connector({ ...options, hostname: '127.0.0.1' }, callback),
  });
  const cookies = new Map<string, string>();
  try {
    for (let url = start; ; ) {
      if (url.startsWith(redirectUri)) return url;
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const { headers, body } = await request(url, { dispatcher, headers: cookie ? { cookie } : {} });
      await body.dump();
      for (const set of [headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        cookies.set(name, value);
      }
      if (typeof headers.location !== 'string') throw new Error(`${url} does not lead on`);
      url = new URL(headers.location, url).href;
    }
  } finally {
    await dispatcher.destroy();
  }
}
