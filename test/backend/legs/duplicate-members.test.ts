import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { judgeMembers } from '../../../backend/legs/duplicate-members.ts';
import { cpuMs } from '../../support/cpu-time.ts';

const seen = (json: string) => judgeMembers(json).check;

describe('an object with a member twice is flagged (RFC 8259 §4, TK8)', () => {
  test.each([
    ['two values', '{"a":1,"a":2}', 'a'],
    ['the same value twice', '{"a":1,"a":1}', 'a'],
    ['the name spelt with an escape', '{"a":1,"\\u0061":2}', 'a'],
    ['others between them', '{"a":[{"a":1}],"b":{"a":2},"a":3}', 'a'],
    ['white space all over', ' { "a" : 1 ,\n "b" : 2 , "a" : 3 } ', 'a'],
    ['an empty name', '{"":1,"":2}', ''],
    ['three times, told once', '{"a":1,"a":2,"a":3}', 'a'],
    ['two names', '{"a":1,"b":1,"b":2,"a":2}', 'b, a'],
  ])('%s', (_name, json, actual) => {
    expect(seen(json)).toMatchObject({ name: 'duplicate_members', result: 'warned', actual });
  });

  test('long names are cut, and there are at most eight', () => {
    const name = (at: number) => `${at}${'x'.repeat(100)}`;
    const members = Array.from({ length: 20 }, (_, at) => `"${name(at)}":1,"${name(at)}":2`);
    const { actual } = seen(`{${members.join(',')}}`);
    expect(actual?.split(', ').map(({ length }) => length)).toEqual(Array(8).fill(64));
  });
});

describe('an object with each member once passes', () => {
  test.each([
    ['nothing in it', '{}'],
    ['the name again as a value', '{"a":"a","b":"a"}'],
    ['the name again deeper down', '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}'],
    ['braces, quotes and commas in strings', '{"a":"},\\"a\\":{[","b\\\\":"\\\\","c":","}'],
    ['another case', '{"a":1,"A":2}'],
    ['names of every object', '{"__proto__":1,"constructor":2,"toString":3}'],
  ])('%s', (_name, json) => {
    expect(seen(json).result).toBe('passed');
  });

  test('and so does every object that was written by JSON.stringify', () => {
    const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      expect(seen(JSON.stringify(object)).result).toBe('passed');
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('and with any of its members said again it does not', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    const property = fc.property(object, fc.nat(), (some, pick) => {
      const entries = Object.entries(some).map(
        ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
      );
      const again = entries[pick % entries.length];
      expect(seen(`{${[...entries, again].join(',')}}`).result).toBe('warned');
    });
    fc.assert(property, { numRuns: 500 });
  });
});

test('the largest answer there may be is read in an instant', async () => {
  const json = `{"a":"${'\\"'.repeat(60_000)}","b":${'['.repeat(70_000)}${']'.repeat(70_000)}}`;
  expect(await cpuMs(() => expect(seen(json).result).toBe('passed'))).toBeLessThan(500);
});
