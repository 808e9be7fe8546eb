import type { Hop } from '../hop.ts';
import { addressOf } from './volatile.ts';

export type Aligned = [reference: Hop, run: Hop] | [reference: Hop, run: null] | [reference: null, run: Hop];

/**
 * Two chains side by side: the longest common subsequence, where hops belong together by what they are for and where they
 * go, not by their number. A hop more or less in one of them moves none of the others. Every hop comes once.
 */
export function align(reference: readonly Hop[], run: readonly Hop[]): Aligned[] {
  const wanted = reference.map(keyOf);
  const found = run.map(keyOf);
  const width = run.length + 1;
  /** Best sum of what follows, for every pair of places; one flat table. */
  const best = new Float64Array((reference.length + 1) * width);
  const cell = (a: number, b: number) => best[a * width + b] ?? 0;
  for (let a = reference.length - 1; a >= 0; a -= 1) {
    for (let b = run.length - 1; b >= 0; b -= 1) {
      const worth = belonging(wanted[a], found[b]);
      const together = worth > 0 ? worth + cell(a + 1, b + 1) : 0;
      best[a * width + b] = Math.max(together, cell(a + 1, b), cell(a, b + 1));
    }
  }
  const rows: Aligned[] = [];
  let a = 0;
  let b = 0;
  for (;;) {
    const [left, right] = [reference[a], run[b]];
    if (!left && !right) return rows;
    const worth = belonging(wanted[a], found[b]);
    if (left && right && worth > 0 && cell(a, b) === worth + cell(a + 1, b + 1)) {
      rows.push([left, right]);
      a += 1;
      b += 1;
    } else if (left && (!right || cell(a, b) === cell(a + 1, b))) {
      rows.push([left, null]);
      a += 1;
    } else if (right) {
      rows.push([null, right]);
      b += 1;
    }
  }
}

interface Key {
  madeBy: Hop['madeBy'];
  role: Hop['role'];
  host: string;
}

function keyOf({ madeBy, role, url }: Hop): Key {
  return { madeBy, role, host: addressOf(url).host };
}

/** How much two hops are the same step. One that only the browser made is never one that went out. */
function belonging(one: Key | undefined, other: Key | undefined): number {
  if (!one || !other || one.madeBy !== other.madeBy) return 0;
  if (one.host === other.host) return one.role === other.role ? 4 : 2;
  // Operators spread one job over hosts with numbers; but two unknown hosts have nothing in common.
  return one.role === other.role && one.role !== 'unknown' ? 1 : 0;
}
