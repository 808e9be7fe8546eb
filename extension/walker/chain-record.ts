import type { Hop } from '#protocol/hop.ts';
import type { HostRule } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/redact.ts';

import { type HopFacts, madeByBrowser, readHop } from './assemble-hop.ts';
import type { HopResult } from './request-hop.ts';

/** The hops of one chain as recorded, completed when the browser adds to them. */
export interface ChainRecord {
  add(result: HopResult, startedAtMs: number): Hop;
  setPage(page: NonNullable<Hop['page']>): Hop;
  hops(): Hop[];
  /** Resolves when no hop lacks its ip any more, or after a moment: in Chromium it comes after the hop. */
  complete(): Promise<void>;
}

/** Milliseconds to wait at the end of the chain for what the browser tells late. */
const LATE_FACTS_MS = 250;

/** `completed` is called when a hop has got what it lacked. */
export function openChainRecord(
  hosts: readonly HostRule[],
  pseudonyms: Pseudonyms,
  completed: () => void,
): ChainRecord {
  const hops: Hop[] = [];
  const incomplete = new Set<number>();
  let allComplete = () => {};
  let previousUrl: string | null = null;

  const set = (at: number, hop: Hop) => {
    hops[at] = hop;
    return hop;
  };
  return {
    hops: () => [...hops],
    add(result, startedAtMs) {
      const at = hops.length;
      const before = previousUrl;
      previousUrl = result.facts.url;
      const networkHops = hops.filter(({ madeBy }) => madeBy === 'network').length;
      const read = (facts: HopFacts): Hop => {
        // What the browser did itself stands between two numbers and has none of its own.
        const index = madeByBrowser(facts) ? networkHops : networkHops + 1;
        const times = { index, startedAtMs, durationMs: result.durationMs };
        return readHop(facts, times, before, hosts, pseudonyms);
      };
      if (!isComplete(result.facts)) incomplete.add(at);
      result.later((facts) => {
        if (!incomplete.has(at) || !isComplete(facts)) return;
        incomplete.delete(at);
        set(at, { ...read(facts), page: hops[at]?.page ?? null });
        completed();
        if (incomplete.size === 0) allComplete();
      });
      return set(at, read(result.facts));
    },
    setPage: (page) => set(hops.length - 1, { ...(hops.at(-1) as Hop), page }),
    async complete() {
      if (incomplete.size === 0) return;
      await Promise.race([
        new Promise<void>((resolve) => {
          allComplete = resolve;
        }),
        new Promise((resolve) => setTimeout(resolve, LATE_FACTS_MS)),
      ]);
    },
  };
}

/** Nothing more is to come, or nothing more is wanted: the ip is the last that an answered hop lacks. */
function isComplete(facts: HopFacts): boolean {
  return facts.ip !== null || facts.over || madeByBrowser(facts);
}
