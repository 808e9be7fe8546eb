import { type Failure, failureOf } from '#protocol/failure.ts';
import type { ChainEnd, Hop } from '#protocol/hop.ts';
import { roleOfHop } from '#protocol/hop-role.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import { locationOf, setsCookie } from './assemble-hop.ts';
import type { ChainRecord } from './chain-record.ts';
import { type Decision, decideNext, withoutFragment } from './decide-next.ts';
import type { HopTraffic } from './hop-traffic.ts';
import { judgeAnswer, judgeFault } from './judge-answer.ts';
import type { NextHop } from './progress.ts';
import { readPage } from './read-page.ts';
import { type Chain, type End, recordWalk } from './record-walk.ts';
import { recordedUrl } from './recorded.ts';
import { type HopResult, requestHop } from './request-hop.ts';

export interface Walk {
  authorizeUrl: string;
  /** `redirectUri` is null where the request names none; then a person says what to do about what looks like an answer. */
  profile: Pick<Profile, 'hosts' | 'limits'> & { redirectUri: string | null };
}

/** What the walk needs of the browser and tells its caller, handed in so that the sequence can be tested without either. */
export interface WalkTools {
  traffic: HopTraffic;
  pseudonyms: Pseudonyms;
  cancelled: AbortSignal;
  /** Whether this extension may send to the host of `url`. */
  isPermitted(url: URL): Promise<boolean>;
  /** Pauses the run until the person allows the host; false if they do not. */
  askPermission(url: URL): Promise<boolean>;
  /** Whether a permission for it was taken back while the chain was walked. */
  wasRevoked?(url: URL): boolean;
  /** Pauses before a URL that looks like an answer, where no redirect_uri is known; true to ask it all the same. */
  askToGoOn?(url: URL): Promise<boolean>;
  isOffline(): boolean;
  /** The journal: every hop so far and the one on its way, once a hop and when a hop is completed late. */
  progress(hops: readonly Hop[], next: NextHop | null): void;
}

export interface WalkResult {
  hops: readonly Hop[];
  chainEnd: ChainEnd;
  /** The redirect to redirect_uri in clear: it carries the code, and goes to the backend and nowhere else. */
  callbackUrl: string | null;
  failure: Failure | null;
}

/** Leg 1: asks for one URL after the other, deciding before each, until the chain reaches redirect_uri or cannot. */
export function walkChain(walk: Walk, tools: WalkTools): Promise<WalkResult> {
  return recordWalk(walk, tools, (chain) => walkToEnd(walk, chain, tools));
}

async function walkToEnd({ authorizeUrl, profile }: Walk, chain: Chain, tools: WalkTools): Promise<End> {
  const { redirectUri, hosts, limits } = profile;
  const state = new URL(authorizeUrl).searchParams.get('state');
  const askedSinceCookie = new Set<string>();
  let networkHops = 0;
  const decide = (location: string, from: string, letOn = false) =>
    decideNext(location, from, {
      redirectUri,
      hosts,
      state,
      askedSinceCookie,
      networkHops,
      maxHops: limits.hops,
      letOn,
    });
  let decision: Decision = decide(authorizeUrl, authorizeUrl);

  while (decision.kind === 'request' || decision.kind === 'ask') {
    const { url }: { url: URL } = decision;
    if (decision.kind === 'ask') {
      chain.progress.pausing();
      const goesOn = await chain.clock.paused(async () => tools.askToGoOn?.(url) ?? false);
      if (tools.cancelled.aborted) return { kind: 'cancelled', url: url.href, failure: null };
      if (!goesOn) return { kind: 'callback', url: url.href, failure: null };
      decision = decide(url.href, url.href, true);
      continue;
    }
    const stopped = await gate(url, networkHops, chain, tools);
    if (stopped) return stopped;

    const startedAtMs = chain.clock.elapsed();
    const role = roleOfHop({ index: networkHops + 1, url: url.href, shows: [] }, hosts);
    askedSinceCookie.add(withoutFragment(url));
    const chainMsLeft = limits.chainMs - chain.clock.counted();
    const deadlineMs = Math.max(1, Math.min(limits.hopMs, chainMsLeft));
    const { traffic, cancelled } = tools;
    const { left } = chain.progress;
    const requested = requestHop({ url: url.href, deadlineMs, cancelled, traffic, left });
    chain.progress.began({
      index: networkHops + 1,
      url: recordedUrl(url.href, tools.pseudonyms),
      role,
      startedAtMs,
    });
    const result = await requested;

    networkHops = chain.record.add(result, startedAtMs);
    // Not always the URL that was asked for: Firefox may have turned it into https on the way.
    const answeredUrl = result.facts.url;
    askedSinceCookie.add(withoutFragment(new URL(answeredUrl)));
    if (setsCookie(result.facts)) askedSinceCookie.clear();
    const location = result.outcome === 'redirect' ? locationOf(result.facts) : null;
    if (location === null) {
      const end = await deadEndOf(result, networkHops, chain.record, chainMsLeft < limits.hopMs, tools);
      return { ...end, url: answeredUrl };
    }
    decision = decide(location, answeredUrl);
  }

  if (decision.kind === 'callback') {
    return { kind: 'callback', url: decision.url, failure: null };
  }
  const last = chain.record.hops().at(-1);
  const url = last ? (last.nextUrl ?? last.location) : authorizeUrl;
  return { kind: 'refused', url, failure: failureOf(decision.code, { hop: networkHops || null }) };
}

/** Before a request: has the person cancelled, and may we send there at all? Null to go on. */
export async function gate(
  url: URL,
  networkHops: number,
  chain: Chain,
  tools: WalkTools,
): Promise<End | null> {
  let permitted = tools.cancelled.aborted || (await tools.isPermitted(url));
  if (!permitted) {
    chain.progress.pausing();
    permitted = await chain.clock.paused(() => tools.askPermission(url));
  }
  if (tools.cancelled.aborted) return { kind: 'cancelled', url: url.href, failure: null };
  if (permitted) return null;
  const code = tools.wasRevoked?.(url) ? 'authorize.permission_revoked' : 'authorize.no_host_permission';
  const failure = failureOf(code, { hop: networkHops || null });
  return { kind: 'refused', url: url.href, failure };
}

/** What a hop that led nowhere means. */
async function deadEndOf(
  result: HopResult,
  hop: number,
  record: ChainRecord,
  chainIsShort: boolean,
  tools: WalkTools,
): Promise<Pick<End, 'kind' | 'failure'>> {
  if (result.outcome === 'cancelled') return { kind: 'cancelled', failure: null };
  // It was allowed when the request left: without the permission the browser shows nothing of the answer.
  if (result.outcome !== 'answered' && !(await tools.isPermitted(new URL(result.facts.url)))) {
    return { kind: 'error', failure: failureOf('authorize.permission_revoked', { hop }) };
  }
  if (result.outcome === 'timed_out') {
    // What goes silent because the device lost its network is no host's doing.
    if (tools.isOffline()) return { kind: 'error', failure: failureOf('authorize.offline', { hop }) };
    const code = chainIsShort ? 'authorize.timeout_chain' : 'authorize.timeout_hop';
    return { kind: 'error', failure: failureOf(code, { hop }) };
  }
  if (result.outcome === 'unseen') {
    return { kind: 'error', failure: failureOf('authorize.listener_not_ready', { hop }) };
  }
  const answer = result.response ? await readPage(result.response) : null;
  if (answer) record.setPage(answer.page);
  const recorded = record.hops().at(-1) as Hop;
  return result.outcome === 'failed'
    ? judgeFault(recorded, tools.isOffline())
    : judgeAnswer(recorded, answer?.body ?? '', tools.pseudonyms);
}
