import fc from 'fast-check';

/**
 * How often a property is tried: as usual, or as often as NV_FUZZ_RUNS says. The seed is fixed, so that a red run is red
 * again; NV_FUZZ_SEED takes another one, and fast-check prints seed and path of what it found.
 */
export function fuzz(usual: number, seed = 20_261_122): { numRuns: number; seed: number } {
  const { NV_FUZZ_RUNS, NV_FUZZ_SEED } = process.env;
  return { numRuns: Number(NV_FUZZ_RUNS) || usual, seed: Number(NV_FUZZ_SEED) || seed };
}

/** Any text, with what parsers and screens stumble over more often than chance would have it. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\r\nLocation: https://evil.example/',
    '\ud800',
    '\u202e',
    '‹state:1›',
    '%00',
    '%zz',
    '__proto__',
    'constructor',
    'true',
    'null',
    '{}',
    '[]',
    '+447700900901',
    'é'.repeat(3000),
    '0'.repeat(20_000),
  ),
);

/** Any JSON value, or none. */
export const anyMember: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>('true', 'false', true, false, 0, 1, -1, 1e308, '', null, undefined, [], {}),
  anyText,
);

/** `healthy` with some members changed, gone or added. */
export function mutated(
  healthy: fc.Arbitrary<Record<string, unknown>>,
  wrong: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(wrong);
  const change = fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), fc.oneof(wrong[name] as fc.Arbitrary<unknown>, anyMember)));
  const stranger = fc.tuple(fc.string({ maxLength: 12 }), anyMember);
  const changes = fc.array(fc.oneof({ weight: 4, arbitrary: change }, stranger), { maxLength: 2 });
  return fc.tuple(healthy, changes).map(([whole, changed]) => withMembers(whole, changed));
}

/** As JSON would carry it: `__proto__` is a member like any other, and undefined is none. */
function withMembers(whole: object, changed: [string, unknown][]): Record<string, unknown> {
  const members = new Map([...Object.entries(whole), ...changed]);
  return Object.fromEntries([...members].filter(([, value]) => value !== undefined));
}

/** `text` with a few characters changed, gone, added or swapped for their percent form. */
export function scratched(text: string): fc.Arbitrary<string> {
  const at = fc.nat({ max: text.length });
  const scratch = fc.tuple(
    at,
    fc.nat({ max: 2 }),
    fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('%41', '\n', '@', '//', '?', '#', '&', '=', '.')),
  );
  return fc
    .array(scratch, { minLength: 1, maxLength: 3 })
    .map((scratches) =>
      scratches.reduce(
        (now, [from, gone, added]) => now.slice(0, from) + added + now.slice(from + gone),
        text,
      ),
    );
}
