import type { SetCookie } from '../walker/set-cookies.ts';

/** Of one profile; a chain that sets more than this sets them to do harm. */
const MOST = 300;

/** Each cookie once, the latest last. Pure. */
export function withReceived(known: readonly SetCookie[], received: readonly SetCookie[]): SetCookie[] {
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  for (const one of received) {
    byKey.delete(keyOf(one));
    byKey.set(keyOf(one), one);
  }
  return [...byKey.values()].slice(-MOST);
}

function keyOf({ name, host, domain, path, partitioned }: SetCookie): string {
  return JSON.stringify([name, domain ?? host, domain === null, path, partitioned]);
}
