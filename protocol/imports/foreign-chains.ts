import type { ForeignEntry } from './foreign-entry.ts';

/** A redirect chain found among a browser's requests. */
export interface ForeignChain {
  hops: ForeignEntry[];
  /** Where the operator led to redirect_uri; in somebody else's file that was requested, but it is no hop. */
  callback: string | null;
}

/**
 * The chains in a recording, in order. Where authorize requests are in it (RFC 6749 §4.1.1), their chains are all that
 * counts; else every chain of two requests or more. A page's images and scripts are none.
 */
export function chainsOf(entries: readonly ForeignEntry[]): ForeignChain[] {
  const waiting = new Map<string, ForeignEntry[]>();
  for (const entry of entries.toReversed()) {
    const url = comparable(entry.url);
    const before = waiting.get(url);
    if (before) before.push(entry);
    else waiting.set(url, [entry]);
  }
  const used = new Set<ForeignEntry>();
  const chains: ForeignChain[] = [];
  for (const start of entries) {
    if (used.has(start)) continue;
    chains.push(follow(start, waiting, used));
  }
  const asked = chains.filter(({ hops: [first] }) => first && redirectUriOf(first.url) !== null);
  return asked.length > 0 ? asked : chains.filter(({ hops }) => hops.length > 1);
}

/** Hops of a chain that are kept: browsers give up after 20, so more is a proxy's recording of a loop. */
export const MOST_HOPS = 200;

/** Every request belongs to one chain: a loop goes on with its next recorded round, and ends with the last. */
function follow(
  start: ForeignEntry,
  waiting: ReadonlyMap<string, ForeignEntry[]>,
  used: Set<ForeignEntry>,
): ForeignChain {
  const redirectUri = redirectUriOf(start.url);
  const hops: ForeignEntry[] = [];
  for (let hop: ForeignEntry | undefined = start; hop; ) {
    used.add(hop);
    if (hops.length < MOST_HOPS) hops.push(hop);
    const next = nextUrlOf(hop);
    if (next === null) break;
    const isCallback = redirectUri !== null && isAt(redirectUri, next);
    const following: ForeignEntry | undefined = firstAfter(hop, waiting.get(next) ?? [], used);
    if (isCallback) {
      if (following) used.add(following);
      return { hops, callback: next };
    }
    hop = following;
  }
  return { hops, callback: null };
}

/** The first request of that URL after `hop` which belongs to no chain yet. The last of `candidates` is the first in time; those at the end that do are let go of, or a loop would cost its square. */
function firstAfter(
  hop: ForeignEntry,
  candidates: ForeignEntry[],
  used: ReadonlySet<ForeignEntry>,
): ForeignEntry | undefined {
  for (let first = candidates.at(-1); first && used.has(first); first = candidates.at(-1)) candidates.pop();
  return candidates.findLast((one) => one.index > hop.index && !used.has(one));
}

/** Where an entry leads, resolved as a browser does it; requests have no fragment. */
export function nextUrlOf({ url, location, status }: ForeignEntry): string | null {
  if (location === null || status === null || status < 300 || status > 399) return null;
  const next = URL.parse(location, url);
  return next && comparable(next.href);
}

function comparable(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

/** Where an authorize request wants its answer; null for any other request. */
export function redirectUriOf(url: string): string | null {
  const parameters = URL.parse(url)?.searchParams;
  return parameters?.has('response_type') && parameters.has('client_id')
    ? parameters.get('redirect_uri')
    : null;
}

function isAt(redirectUri: string, url: string): boolean {
  const [wanted, found] = [URL.parse(redirectUri), URL.parse(url)];
  return !!wanted && !!found && wanted.origin === found.origin && wanted.pathname === found.pathname;
}
