import type { Hop } from '#protocol/hop.ts';
import type { HostRule } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactText } from '#protocol/redact.ts';

import { type HopFacts, type HopTimes, madeByBrowser, readHop } from './assemble-hop.ts';
import type { HopResult } from './request-hop.ts';

/** The hops of one chain, completed when the browser adds to them. Read when asked for, not when added: the next request need not wait for it. */
export interface ChainRecord {
  /** Returns the hop's number: what the browser did itself stands between two numbers and has none of its own. */
  add(result: HopResult, startedAtMs: number): number;
  /** What the last hop showed instead of a redirect. */
  setPage(page: NonNullable<Hop['page']>): void;
  hops(): Hop[];
  /** Resolves when no hop lacks its ip any more, or after a moment: in Chromium it comes after the hop. */
  complete(): Promise<void>;
}

interface Entry {
  facts: HopFacts;
  times: HopTimes;
  outcome: HopResult['outcome'];
  previousUrl: string | null;
  page: Hop['page'];
  /** Read once; null again when something was added. */
  hop: Hop | null;
}

/** Milliseconds to wait at the end of the chain for what the browser tells late. */
const LATE_FACTS_MS = 250;

/** `completed` is called when a hop has got what it lacked. */
export function openChainRecord(
  hosts: readonly HostRule[],
  pseudonyms: Pseudonyms,
  completed: () => void,
): ChainRecord {
  const entries: Entry[] = [];
  let networkHops = 0;
  let allComplete = () => {};
  const enter = (facts: HopFacts, outcome: HopResult['outcome'], times: HopTimes) => {
    const previousUrl = entries.at(-1)?.facts.url ?? null;
    const entry: Entry = { facts, outcome, times, previousUrl, page: null, hop: null };
    entries.push(entry);
    return entry;
  };
  const isAllComplete = () => entries.every(({ facts }) => isComplete(facts));

  return {
    add(result, startedAtMs) {
      const { marks, facts, outcome } = result;
      let at = startedAtMs;
      for (const { facts: mark, durationMs } of marks) {
        enter(mark, 'redirect', { index: networkHops, startedAtMs: at, durationMs });
        at += durationMs;
      }
      if (!madeByBrowser(facts)) networkHops += 1;
      const { durationMs, slept } = result;
      const entry = enter(facts, outcome, { index: networkHops, startedAtMs: at, durationMs, slept });
      result.later((changed) => {
        if (isComplete(entry.facts)) return;
        entry.facts = changed;
        entry.hop = null;
        if (!isComplete(changed)) return;
        completed();
        if (isAllComplete()) allComplete();
      });
      return networkHops;
    },
    setPage(page) {
      const last = entries.at(-1);
      if (!last) throw new TypeError('A page is an answer to a hop');
      const shown = (text: string) => redactText(text, pseudonyms);
      last.page = {
        ...page,
        contentType: shown(page.contentType),
        title: page.title === null ? null : shown(page.title),
      };
      last.hop = null;
    },
    hops: () =>
      entries.map((entry) => {
        const { facts, times, previousUrl, page } = entry;
        if (entry.hop) return entry.hop;
        const hop = readHop(facts, times, previousUrl, hosts, pseudonyms, page);
        entry.hop = { ...hop, error: errorOf(entry.outcome, hop.error) };
        return entry.hop;
      }),
    async complete() {
      if (isAllComplete()) return;
      await Promise.race([
        new Promise<void>((resolve) => {
          allComplete = resolve;
        }),
        new Promise((resolve) => setTimeout(resolve, LATE_FACTS_MS)),
      ]);
    },
  };
}

/** What we ended ourselves the browser calls aborted, which says nothing of the network. */
function errorOf(outcome: HopResult['outcome'], error: Hop['error']): Hop['error'] {
  if (outcome === 'cancelled') return null;
  return error && outcome === 'timed_out' ? { ...error, code: 'timeout' } : error;
}

/** Nothing more is to come, or nothing more is wanted: the ip is the last that an answered hop lacks. */
function isComplete(facts: HopFacts): boolean {
  return facts.ip !== null || facts.over || madeByBrowser(facts);
}
