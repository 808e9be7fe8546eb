/** Shorter values would hit ordinary words; a secret of fewer characters is none. */
const SHORTEST = 8;
/** As long as they are few, the text is gone through once for each; a file of somebody else's may hold thousands. */
const FEW = 50;

/** Values that are to be found again in later texts. */
export interface SeenValues {
  /** Those of fewer than eight characters are passed over. */
  add(value: string): void;
  /** Each value that stands anywhere in the text, once, in the order in which they were added. */
  within(text: string): string[];
}

export function createSeenValues(): SeenValues {
  const places = new Map<string, number>();
  /** By the characters they begin with, which are looked up at each place of a text. */
  const byStem = new Map<string, string[]>();
  return {
    add(value) {
      if (value.length < SHORTEST || places.has(value)) return;
      places.set(value, places.size);
      const stem = value.slice(0, SHORTEST);
      const others = byStem.get(stem);
      if (others) others.push(value);
      else byStem.set(stem, [value]);
    },
    within(text) {
      if (text.length < SHORTEST) return [];
      if (places.size <= FEW) return [...places.keys()].filter((value) => text.includes(value));
      const found = new Set<string>();
      for (let at = 0; at + SHORTEST <= text.length; at += 1) {
        for (const value of byStem.get(text.slice(at, at + SHORTEST)) ?? [])
          if (text.startsWith(value, at)) found.add(value);
      }
      return [...found].toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    },
  };
}
