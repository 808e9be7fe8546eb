/** Walks the operator's chain from Node, as quickly as it goes: what a run brings when its load begins. */
import { createHash } from 'node:crypto';
import { Agent, buildConnector, request } from 'undici';

import type { SimulatedOperator } from '../../../backend/simulator/simulated-operator.ts';

const connect = buildConnector({});
const dispatcher = new Agent({
  connections: 64,
  connect: (options, done) => connect({ ...options, hostname: '127.0.0.1' }, done),
});

/** The redirect to redirect_uri. */
export async function callbackOf(start: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
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
}

/** What the number of the SIM hashes to, as the extension sends it. */
export function numberHash({ scenarios }: SimulatedOperator): string {
  const number = scenarios.find(({ name }) => name === 'match')?.number ?? '';
  return createHash('sha256').update(number).digest('hex');
}

/** Does `work` for each, so many at a time. */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
