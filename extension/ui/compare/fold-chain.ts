import type { HopPair } from '#protocol/compare/comparison.ts';

/** A stretch of the two chains as it is shown: one row, or several alike under one heading. */
export type ChainPart =
  | { kind: 'row'; at: number; pair: HopPair }
  | { kind: 'alike'; at: number; pairs: Extract<HopPair, { kind: 'same' }>[] };

/** Rows that are the same are folded; one alone is no longer than its heading, so it stays. */
export function foldChain(chain: readonly HopPair[]): ChainPart[] {
  const parts: ChainPart[] = [];
  for (const [at, pair] of chain.entries()) {
    const last = parts.at(-1);
    if (pair.kind !== 'same') parts.push({ kind: 'row', at, pair });
    else if (last?.kind === 'alike') last.pairs.push(pair);
    else parts.push({ kind: 'alike', at, pairs: [pair] });
  }
  return parts.map((part) => {
    const [only, ...others] = part.kind === 'alike' ? part.pairs : [];
    return only && others.length === 0 ? { kind: 'row', at: part.at, pair: only } : part;
  });
}
