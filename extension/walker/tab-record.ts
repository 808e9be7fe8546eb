import { roleOfHop } from '#protocol/hop-role.ts';
import type { HostRule } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import { beginHop, type HopFacts, locationOf, setsCookie } from './assemble-hop.ts';
import { type ChainSoFar, withoutFragment } from './decide-next.ts';
import type { Chain } from './record-walk.ts';
import { recordedUrl } from './recorded.ts';
import type { HopResult } from './request-hop.ts';
import { foldTab, isSame, isUpgrade, NO_HOPS, type TabHop } from './tab-hops.ts';
import type { TabEvent } from './traffic-event.ts';

/** The hops of the tab on their way into the record, and what the next decision needs to know of them. */
export interface TabRecord {
  fold(event: TabEvent, came: HopFacts['came']): void;
  /** Whether the event is about a request that nobody spoke of before. */
  isNew(event: TabEvent): boolean;
  /** Whether it is about the hop on its way, or the last one. */
  knows(event: TabEvent): boolean;
  isOpen(): boolean;
  /** The hop on its way will not be told more of. */
  close(outcome: HopResult['outcome']): void;
  /** A page may lead back to where the chain was, and often has to. */
  pageShown(): void;
  count(): number;
  msOnTheWay(): number;
  /** Of the hop on its way, else of the last one. */
  url(): string;
  last(): HopFacts;
  soFar(): Pick<ChainSoFar, 'askedSinceCookie' | 'networkHops'>;
}

/** A wall clock and a monotonic one part by so many milliseconds only where a device sleeps (docs/facts.md). */
const SLEPT_MS = 5000;

/** Network hops of which a chain with pages in it may consist, whatever its limit from page to page. */
const MOST_HOPS = 36;

export function openTabRecord(hosts: readonly HostRule[], chain: Chain, pseudonyms: Pseudonyms): TabRecord {
  const { clock, record, progress } = chain;
  const askedSinceCookie = new Set<string>();
  let hops = NO_HOPS;
  let networkHops = 0;
  let hopsAtPage = 0;
  let wallAtHop = Date.now();
  let completeLast: (facts: HopFacts) => void = () => {};

  return {
    fold(event, came) {
      const { kind } = event.what;
      const { ended, hops: folded } = foldTab(hops, event, clock.elapsed(), came);
      const isLate = ended.length === 0 && folded.last !== hops.last;
      hops = folded;
      for (const hop of ended) add(hop, outcomeOf(hop));
      if (isLate && hops.last) completeLast(hops.last.facts);
      if (kind === 'asked' && hops.open) begin(hops.open);
    },
    isNew: (event) => (event.what.kind === 'asked' || event.what.kind === 'failed') && !knows(event),
    knows,
    isOpen: () => hops.open !== null,
    close(outcome) {
      if (!hops.open) return;
      const { open } = hops;
      hops = { open: null, last: open };
      add(open, outcome);
    },
    pageShown() {
      askedSinceCookie.clear();
      hopsAtPage = networkHops;
    },
    count: () => networkHops,
    msOnTheWay: () => clock.elapsed() - ((hops.open ?? hops.last)?.startedAtMs ?? 0),
    url: () => last().url,
    last,
    soFar: () => ({
      askedSinceCookie,
      networkHops: networkHops >= MOST_HOPS ? Number.POSITIVE_INFINITY : networkHops - hopsAtPage,
    }),
  };

  /** In Firefox the https of an upgrade is a request that is asked for. */
  function knows({ requestId, url }: TabEvent): boolean {
    return [hops.open, hops.last].some(
      (hop) => hop?.requestId === requestId && (isSame(hop.facts.url, url) || isUpgrade(hop.facts.url, url)),
    );
  }

  function last(): HopFacts {
    return (hops.open ?? hops.last)?.facts ?? beginHop('about:blank');
  }

  function begin({ facts: { url }, startedAtMs }: TabHop): void {
    askedSinceCookie.add(withoutFragment(new URL(url)));
    wallAtHop = Date.now();
    const index = networkHops + 1;
    const role = roleOfHop({ index, url, shows: [] }, hosts);
    progress.began({ index, url: recordedUrl(url, pseudonyms), role, startedAtMs });
  }

  function add({ facts, startedAtMs }: TabHop, outcome: HopResult['outcome']): void {
    const durationMs = clock.elapsed() - startedAtMs;
    const slept = Date.now() - wallAtHop - durationMs > SLEPT_MS;
    const later: HopResult['later'] = (changed) => {
      completeLast = changed;
    };
    // What the browser did by itself has been added as a hop of its own kind.
    const result = { marks: [], facts, durationMs, slept, outcome, response: null, later };
    networkHops = record.add(result, startedAtMs);
    if (setsCookie(facts)) askedSinceCookie.clear();
  }
}

function outcomeOf({ facts, to }: TabHop): HopResult['outcome'] {
  if (to !== null || locationOf(facts) !== null) return 'redirect';
  return facts.error === null ? 'answered' : 'failed';
}
