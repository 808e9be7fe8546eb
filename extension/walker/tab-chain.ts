import type { Hop } from '#protocol/hop.ts';

import { type HopFacts, isRedirect, locationOf } from './assemble-hop.ts';
import { decideNext } from './decide-next.ts';
import { judgeAnswer, judgeFault } from './judge-answer.ts';
import { openPageWait } from './page-wait.ts';
import type { Chain, End } from './record-walk.ts';
import { type TabDecision, tabEnds } from './tab-ends.ts';
import { openTabGuard } from './tab-guard.ts';
import { openTabRecord } from './tab-record.ts';
import { pageOf, titleOf } from './tab-title.ts';
import type { TabEvent } from './traffic-event.ts';
import type { TabTools, TabWalk } from './walk-tab.ts';
import type { WalkedTab } from './walked-tab.ts';

/** What happens to the chain in a tab. `silence`: nothing did, for as long as there was to wait. */
export type TabHappening =
  | { kind: 'traffic'; event: TabEvent }
  | { kind: 'closed' | 'out_of_sight' | 'revoked' | 'cancelled' | 'silence' };

export interface TabChain {
  /** The end of the chain, once something made it end. */
  step(happening: TabHappening): Promise<End | null>;
  /** How long to wait for the next happening. */
  msLeft(): number;
}

/** Milliseconds by which what completes a hop may lag behind its headers. */
const LATE_MS = 250;
/** Milliseconds in which a browser that was told to block the next request says that it did. */
const BLOCKED_MS = 1000;

/** The story of one tab: what each thing that happens makes of the chain. */
export function openTabChain(walk: TabWalk, chain: Chain, tools: TabTools, tab: WalkedTab): TabChain {
  const { redirectUri, hosts, limits } = walk.profile;
  const { clock } = chain;
  const state = new URL(walk.authorizeUrl).searchParams.get('state');
  const page = openPageWait(clock);
  const hops = openTabRecord(hosts, chain, tools.pseudonyms);
  const guard = openTabGuard(redirectUri, tools.isPermitted);
  const { refused, errorOf, cancelled, endOf } = tabEnds(hops);
  /** The end is known. What completes the last hop is waited for, or the word that the next request was blocked. */
  let ending: End | null = null;
  let isGuarded = false;
  let isAborted = false;

  return {
    async step(happening) {
      switch (happening.kind) {
        case 'traffic':
          return onTraffic(happening.event);
        case 'silence':
          return onSilence();
        case 'revoked': {
          const lost = await guard.lost(hops.url());
          return lost && abandoned(refused('authorize.permission_revoked', lost.href));
        }
        case 'out_of_sight':
          return page.msLeft() === null ? null : refused('authorize.no_host_permission', hops.url());
        default:
          return abandoned(cancelled(happening.kind === 'closed'));
      }
    },
    msLeft() {
      if (ending) return isGuarded ? BLOCKED_MS : LATE_MS;
      return page.msLeft() ?? Math.min(limits.hopMs - hops.msOnTheWay(), limits.chainMs - clock.counted());
    },
  };

  async function onTraffic(event: TabEvent): Promise<End | null> {
    const { what, url, method } = event;
    const isNew = hops.isNew(event);
    // What was decided stands: the next request is not the chain's any more, and its failure is what was waited for.
    if (ending && !hops.knows(event)) return what.kind === 'failed' ? ending : null;
    if (isNew) {
      const decision = hops.count() === 0 ? ({ kind: 'request' } as const) : decide(url, hops.url());
      if (decision.kind !== 'request') {
        const posted = decision.kind === 'callback' && method !== 'GET';
        const end = posted ? refused('callback.response_not_supported', url) : endOf(decision, url);
        return what.kind === 'failed' ? end : willEnd(end, posted || (await guard.keepsFrom(decision, url)));
      }
    }
    const came = isNew ? leavePage() : null;
    hops.fold(event, came);
    if (ending) return hops.isOpen() || isGuarded ? null : ending;
    switch (what.kind) {
      case 'sending':
        chain.progress.left();
        return null;
      case 'answered':
        return redirected(isRedirect(what.status) ? locationOf(hops.last()) : null);
      case 'redirecting':
        return hops.last().answered ? null : redirected(what.to);
      case 'completed':
        return onAnswer();
      case 'failed':
        return isNew ? null : onFault(what.error, url);
      default:
        return null;
    }
  }

  /** Decided as soon as the browser says where it goes: it will not wait, but the rules hold and the tab can be closed. */
  async function redirected(location: string | null): Promise<End | null> {
    if (location === null) return null;
    const decision = decide(location, hops.url());
    if (decision.kind === 'request') {
      if (await tools.isPermitted(decision.url)) return null;
      return willEnd(refused('authorize.no_host_permission', decision.url.href), false);
    }
    const url = URL.parse(location, hops.url())?.href ?? location;
    return willEnd(endOf(decision, url), await guard.keepsFrom(decision, url));
  }

  function abandoned(end: End): End {
    void tab.close();
    hops.close('cancelled');
    leavePage();
    return ending ?? end;
  }

  function willEnd(end: End, guarded: boolean): End | null {
    ending = end;
    isGuarded = guarded;
    if (guarded) return null;
    void tab.close();
    return hops.isOpen() ? null : end;
  }

  function onAnswer(): End | null {
    const { status } = hops.last();
    if (status === null) return null;
    const shown = pageOf(hops.last());
    if (!isRedirect(status)) chain.record.setPage(shown);
    if (status >= 200 && status < 300 && /html/i.test(shown.contentType)) {
      hops.pageShown();
      page.shown();
      return null;
    }
    return { ...judgeAnswer(lastHop(), '', tools.pseudonyms), url: hops.url() };
  }

  /** A page that is left before it has answered is no fault, if another comes. */
  function onFault(error: string, url: string): End | null {
    const blocked = lastHop().error?.code === 'blocked_by_client';
    // Our own rule takes what is below redirect_uri, too: no place for the chain to go.
    if (blocked && URL.parse(redirectUri)?.host === new URL(url).host) {
      return refused('callback.wrong_redirect_uri', url);
    }
    isAborted = /ABORTED/.test(error);
    if (isAborted) page.shown();
    return isAborted ? null : { ...judgeFault(lastHop(), tools.isOffline()), url };
  }

  async function onSilence(): Promise<End | null> {
    if (ending) {
      hops.close('redirect');
      return ending;
    }
    if (page.msLeft() !== null) return onQuietPage();
    if (hops.isOpen() && hops.last().status !== null && locationOf(hops.last()) === null) {
      // Headers have come and the rest of a page drips in: what is there can be seen.
      hops.close('answered');
      return onAnswer();
    }
    if (hops.count() === 0 && !hops.isOpen()) return errorOf('authorize.listener_not_ready');
    hops.close('timed_out');
    if (tools.isOffline()) return errorOf('authorize.offline');
    const chainIsShort = limits.chainMs - clock.counted() <= 0;
    return errorOf(chainIsShort ? 'authorize.timeout_chain' : 'authorize.timeout_hop');
  }

  async function onQuietPage(): Promise<End | null> {
    if (isAborted) return { ...judgeFault(lastHop(), tools.isOffline()), url: hops.url() };
    if (page.silence() === 'nobody_came') {
      leavePage();
      return { ...errorOf('authorize.html_page'), kind: 'page' };
    }
    chain.record.setPage({ ...pageOf(hops.last()), title: titleOf(await tab.title(), hops.url()) });
    chain.progress.pausing();
    tools.waitForPerson({ host: new URL(hops.url()).hostname, tabId: tab.id, until: page.until() });
    return null;
  }

  function leavePage(): HopFacts['came'] {
    const came = page.goOn();
    if (came === 'after_page') tools.waitForPerson(null);
    isAborted = false;
    return came;
  }

  function decide(location: string, from: string): TabDecision {
    const maxHops = limits.hops;
    return decideNext(location, from, { redirectUri, hosts, state, ...hops.soFar(), maxHops }) as TabDecision;
  }

  function lastHop(): Hop {
    return chain.record.hops().at(-1) as Hop;
  }
}
