import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createSeenValues } from '#protocol/seen-values.ts';

/** Few letters, so that values begin alike, contain each other and overlap. */
const word = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', '‹'), minLength, maxLength });

describe('values seen before are found in later texts (PR3)', () => {
  test('few or many, each that stands in the text and no other, in the order they came', () => {
    fc.assert(
      fc.property(
        fc.array(word(5, 14), { maxLength: 160 }),
        fc.array(word(0, 30), { maxLength: 5 }),
        (values, texts) => {
          const seen = createSeenValues();
          for (const value of values) seen.add(value);
          const text = [...texts, ...values.slice(0, 3)].join('x');
          const standing = [...new Set(values)].filter((value) => value.length >= 8 && text.includes(value));
          expect(seen.within(text)).toEqual(standing);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of thousands each is found, wherever it stands', () => {
    const seen = createSeenValues();
    const values = Array.from({ length: 5000 }, (_, at) => `secret-${at}-of-many`);
    for (const value of values) seen.add(value);
    expect(seen.within(`before ${values[4321]} between ${values[7]} after`)).toEqual([
      values[7],
      values[4321],
    ]);
  });
});
