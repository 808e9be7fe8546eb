import type { Hop } from '#protocol/hop.ts';
import type { HostRule } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/redact.ts';

import { type HopFacts, readHop } from './assemble-hop.ts';
import type { HopResult } from './request-hop.ts';

/** The hops of one chain as recorded, completed when the browser adds to them, journaled at every change. */
export interface ChainRecord {
  readonly hops: readonly Hop[];
  add(result: HopResult, startedAtMs: number): Hop;
  setPage(page: NonNullable<Hop['page']>): Hop;
  /** Resolves when no hop lacks its ip any more, or after a moment: in Chromium it comes after the hop. */
  complete(): Promise<void>;
}

/** Milliseconds to wait at the end of the chain for what the browser tells late. */
const LATE_FACTS_MS = 250;

export function openChainRecord(
  hosts: readonly HostRule[],
  pseudonyms: Pseudonyms,
  journal: (hops: readonly Hop[]) => void,
): ChainRecord {
  const hops: Hop[] = [];
  const incomplete = new Set<number>();
  let allComplete = () => {};
  let previousUrl: string | null = null;

  return {
    hops,
    add(result, startedAtMs) {
      const at = hops.length;
      const before = previousUrl;
      previousUrl = result.facts.url;
      const networkHops = hops.filter(({ madeBy }) => madeBy === 'network').length;
      const read = (facts: HopFacts): Hop => {
        const times = { index: networkHops + 1, startedAtMs, durationMs: result.durationMs };
        const hop = readHop(facts, times, before, hosts, pseudonyms);
        // What the browser did itself stands between two numbers and has none of its own.
        return hop.madeBy === 'browser' ? { ...hop, index: networkHops } : hop;
      };
      result.later((facts) => {
        hops[at] = { ...read(facts), page: hops[at]?.page ?? null };
        if (facts.ip !== null || facts.over || hops[at].madeBy === 'browser') incomplete.delete(at);
        else incomplete.add(at);
        if (incomplete.size === 0) allComplete();
        journal(hops);
      });
      return hops[at] as Hop;
    },
    setPage(page) {
      const hop = { ...(hops.at(-1) as Hop), page };
      hops[hops.length - 1] = hop;
      journal(hops);
      return hop;
    },
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
