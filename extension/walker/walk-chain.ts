import { type Failure, failureOf } from '#protocol/failure.ts';
import type { ChainEnd, Hop, HopRole } from '#protocol/hop.ts';
import { type Profile, roleOfHost } from '#protocol/profile.ts';
import { type Pseudonyms, redactUrl } from '#protocol/redact.ts';

import { locationOf } from './assemble-hop.ts';
import { type ChainRecord, openChainRecord } from './chain-record.ts';
import { type Decision, decideNext, withoutFragment } from './decide-next.ts';
import type { HopTraffic } from './hop-traffic.ts';
import { type DeadEnd, judgeAnswer, judgeFault } from './judge-answer.ts';
import { readPage } from './read-page.ts';
import { type HopResult, requestHop } from './request-hop.ts';
import { startWalkClock, type WalkClock } from './walk-clock.ts';

export interface Walk {
  authorizeUrl: string;
  profile: Pick<Profile, 'redirectUri' | 'hosts' | 'limits'>;
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
  isOffline(): boolean;
  /** Every hop so far, whenever one is added or completed. */
  journal(hops: readonly Hop[]): void;
  /** The hop about to be made. */
  announce(hop: { index: number; url: string; role: HopRole; startedAtMs: number }): void;
}

export interface WalkResult {
  hops: readonly Hop[];
  chainEnd: ChainEnd;
  /** The redirect to redirect_uri in clear: it carries the code, and goes to the backend and nowhere else. */
  callbackUrl: string | null;
  failure: Failure | null;
}

/** Leg 1: asks for one URL after the other, deciding before each, until the chain reaches redirect_uri or cannot. */
export async function walkChain({ authorizeUrl, profile }: Walk, tools: WalkTools): Promise<WalkResult> {
  const clock = startWalkClock();
  const record = openChainRecord(profile.hosts, tools.pseudonyms, tools.journal);
  const state = new URL(authorizeUrl).searchParams.get('state');
  const askedSinceCookie = new Set<string>();
  let networkHops = 0;
  let decision: Decision = { kind: 'request', url: new URL(authorizeUrl) };

  while (decision.kind === 'request') {
    const { url }: { url: URL } = decision;
    const refused = await gate(url, networkHops, clock, tools);
    if (refused) return finish(record, clock, tools, { ...refused, url: url.href });

    const startedAtMs = clock.elapsed();
    const role = networkHops === 0 ? 'authorize' : roleOfHost(profile.hosts, url.hostname);
    tools.announce({ index: networkHops + 1, url: redactUrl(url.href, tools.pseudonyms), role, startedAtMs });
    askedSinceCookie.add(withoutFragment(url));
    const chainMsLeft = profile.limits.chainMs - clock.counted();
    const deadlineMs = Math.max(1, Math.min(profile.limits.hopMs, chainMsLeft));
    const { traffic, cancelled } = tools;
    const result = await requestHop({ url: url.href, deadlineMs, cancelled, traffic });

    const hop = record.add(result, startedAtMs);
    networkHops = hop.index;
    if (hop.cookiesSet.length > 0) askedSinceCookie.clear();

    const location = result.outcome === 'redirect' ? locationOf(result.facts) : null;
    if (location === null) {
      const end = await deadEndOf(result, hop, record, chainMsLeft < profile.limits.hopMs, tools);
      return finish(record, clock, tools, { ...end, url: url.href });
    }
    const { redirectUri, limits } = profile;
    decision = decideNext(location, url.href, {
      redirectUri,
      state,
      askedSinceCookie,
      networkHops,
      maxHops: limits.hops,
    });
  }

  if (decision.kind === 'callback') {
    // A code that arrives after Cancel is dropped where it is.
    const kind = tools.cancelled.aborted ? 'cancelled' : 'callback';
    return finish(record, clock, tools, { kind, failure: null, url: decision.url });
  }
  const failure = failureOf(decision.code, { hop: networkHops });
  const last = record.hops.at(-1);
  return finish(record, clock, tools, {
    kind: 'refused',
    failure,
    url: last?.nextUrl ?? last?.location ?? null,
  });
}

interface End {
  kind: ChainEnd['kind'];
  failure: Failure | null;
}

/** Before a request: has the person cancelled, and may we send there at all? */
async function gate(url: URL, networkHops: number, clock: WalkClock, tools: WalkTools): Promise<End | null> {
  const permitted =
    tools.cancelled.aborted ||
    (await tools.isPermitted(url)) ||
    (await clock.paused(() => tools.askPermission(url)));
  if (tools.cancelled.aborted) return { kind: 'cancelled', failure: null };
  if (permitted) return null;
  const failure = failureOf('authorize.no_host_permission', { hop: networkHops || null, retry: 'safe' });
  return { kind: 'refused', failure };
}

/** What a hop that led nowhere means. */
async function deadEndOf(
  result: HopResult,
  hop: Hop,
  record: ChainRecord,
  chainIsShort: boolean,
  tools: WalkTools,
): Promise<End | DeadEnd> {
  if (result.outcome === 'cancelled') return { kind: 'cancelled', failure: null };
  if (result.outcome === 'timed_out') {
    const code = chainIsShort ? 'authorize.timeout_chain' : 'authorize.timeout_hop';
    return { kind: 'error', failure: failureOf(code, { hop: hop.index, retry: 'safe' }) };
  }
  if (result.outcome === 'failed') return judgeFault(hop, tools.isOffline());
  if (!result.response) return judgeAnswer(hop, '', tools.pseudonyms);
  const { page, body } = await readPage(result.response);
  return judgeAnswer(record.setPage(page), body, tools.pseudonyms);
}

async function finish(
  record: ChainRecord,
  clock: WalkClock,
  tools: WalkTools,
  { kind, failure, url }: End & { url: string | null },
): Promise<WalkResult> {
  const atMs = clock.elapsed();
  await record.complete();
  const shown = url === null ? null : redactUrl(url, tools.pseudonyms);
  return {
    hops: record.hops,
    chainEnd: { kind, url: shown, atMs },
    callbackUrl: kind === 'callback' ? url : null,
    failure,
  };
}
