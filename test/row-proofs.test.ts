import { describe, expect, test } from 'vitest';

import { cites, readRows, unproved } from './support/row-proofs.ts';

const page = [
  '| Id | What holds | Proved by |',
  '|---|---|---|',
  '| A4 | One. | `test/a.test.ts`, `test/b.test.ts` |',
  '| TK1 | Two. | no test yet |',
  '| `oidcc-client-test-invalid-iss` | Three. | `test/c.test.ts` |',
  '| B13 | Four. | no test yet |',
].join('\n');
const passed = [
  { file: 'test/a.test.ts', name: 'a chain > ends (A4, A40)' },
  { file: 'test/b.test.ts', name: 'another > ends (A4)' },
  { file: 'test/c.test.ts', name: 'oidcc-client-test-invalid-iss is refused' },
];

describe('a row is proved by the names of tests that passed', () => {
  test('and one that names no test is not, unless it belongs to a part that need not be', () => {
    expect(unproved(readRows(page), passed)).toEqual(['TK1: docs/rows.md names no test']);
  });

  test('and one whose test did not pass, or lost the id from its name, is not', () => {
    const [, ...rest] = passed;
    expect(unproved(readRows(page), rest)).toContain(
      'A4: no test of test/a.test.ts that passed has it in its name',
    );
    const renamed = [...passed.slice(0, 2), { file: 'test/c.test.ts', name: 'something else' }];
    expect(unproved(readRows(page), renamed)).toHaveLength(2);
  });

  test('and one that is no longer on the page is missed', () => {
    expect(unproved(readRows(page), passed, ['A4', 'A5'])).toContain('A5: docs/rows.md has no such row');
  });

  test('an id is not found in a longer one', () => {
    expect(cites('ends (A40)', 'A4')).toBe(false);
    expect(cites('oidcc-client-test-invalid-iss', 'oidcc-client-test')).toBe(false);
    expect(cites('ends (A4, C1)', 'C1')).toBe(true);
  });
});
