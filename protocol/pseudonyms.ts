import { createSeenValues } from './seen-values.ts';

/**
 * Values become positional pseudonyms such as `‹state:1›`, the same value always the same one within a run,
 * so that redacted records still compare.
 */
export interface Pseudonyms {
  /** The stand-in for `value` under `label`; a stand-in is returned as it is. */
  of(label: string, value: string): string;
  /** Replaces every value seen so far wherever it stands in `text`; of those alone whose stand-in is one of `only`, if given. */
  cover(text: string, only?: RegExp): string;
}

const STAND_IN = /^‹[a-z0-9_.-]+:\d+›$/;
const STAND_INS = /(‹[a-z0-9_.-]+:\d+›)/g;

export function isStandIn(text: string): boolean {
  return STAND_IN.test(text);
}

/** Applies `change` to what stands between the stand-ins of a text, and leaves those as they are. */
export function betweenStandIns(text: string, change: (part: string) => string): string {
  if (!text.includes('‹')) return change(text);
  return text
    .split(STAND_INS)
    .map((part, at) => (at % 2 === 0 ? change(part) : part))
    .join('');
}

/**
 * Starts a table, one for each run and side: empty, or going on with stand-ins that were given before. What `record` shows
 * already is given to no other value, whether or not anyone still knows what it stood for.
 */
export function createPseudonyms(
  known: readonly (readonly [value: string, standIn: string])[] = [],
  record = '',
): Pseudonyms {
  const standIns = new Map<string, string>(known);
  const seen = createSeenValues();
  for (const value of standIns.keys()) seen.add(value);
  const counts = countsIn(record + known.map(([, standIn]) => standIn).join(''));
  return {
    of(label, value) {
      if (value === '' || isStandIn(value)) return value;
      const given = standIns.get(value);
      if (given) return given;
      const name = nameFrom(label);
      const position = (counts.get(name) ?? 0) + 1;
      counts.set(name, position);
      const standIn = `‹${name}:${position}›`;
      standIns.set(value, standIn);
      seen.add(value);
      return standIn;
    },
    cover(text, only) {
      // The longest first, or the rest of it would stay behind a shorter one.
      return seen
        .within(text)
        .filter((value) => only === undefined || only.test(standIns.get(value) ?? ''))
        .toSorted((a, b) => b.length - a.length)
        .reduce((covered, value) => {
          const standIn = standIns.get(value) ?? '';
          return betweenStandIns(covered, (part) => part.replaceAll(value, standIn));
        }, text);
    },
  };
}

function countsIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = '', position] of text.matchAll(/‹([a-z0-9_.-]+):(\d{1,9})›/g)) {
    counts.set(name, Math.max(counts.get(name) ?? 0, Number(position)));
  }
  return counts;
}

/** A label comes from outside, where it can be anything; in a stand-in it must be recognised again and hide what it holds. */
function nameFrom(label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '_')
    .replace(/\d{8,}/g, '_');
  return name === '' || isOpaque(label) ? 'value' : name.slice(0, 32);
}

/** Long enough, and mixed as only made-up values are; stand-ins in it do not count. */
export function isOpaque(text: string): boolean {
  const own = text.replace(STAND_INS, '');
  return own.length >= 16 && /\d/.test(own) && /[a-z]/i.test(own);
}
