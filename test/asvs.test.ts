/** docs/asvs.md says something of every requirement, and what it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Levels 1 and 2 of ASVS 5.0.0, by section: how many there are, and which of them are of level 1. Sections of level 3 alone have none. */
const SECTIONS: Record<string, { numbers: number[]; levelOne?: number[] }> = {
  '1.1': { numbers: upTo(2) },
  '1.2': { numbers: upTo(9), levelOne: upTo(5) },
  '1.3': { numbers: upTo(11), levelOne: [1, 2] },
  '1.4': { numbers: upTo(3) },
  '1.5': { numbers: upTo(2), levelOne: [1] },
  '2.1': { numbers: upTo(3), levelOne: [1] },
  '2.2': { numbers: upTo(3), levelOne: [1, 2] },
  '2.3': { numbers: upTo(4), levelOne: [1] },
  '2.4': { numbers: [1] },
  '3.2': { numbers: upTo(2), levelOne: upTo(2) },
  '3.3': { numbers: upTo(4), levelOne: [1] },
  '3.4': { numbers: upTo(6), levelOne: [1, 2] },
  '3.5': { numbers: upTo(5), levelOne: upTo(3) },
  '3.7': { numbers: upTo(2) },
  '4.1': { numbers: upTo(3), levelOne: [1] },
  '4.2': { numbers: [1] },
  '4.3': { numbers: upTo(2) },
  '4.4': { numbers: upTo(4), levelOne: [1] },
  '9.1': { numbers: upTo(3), levelOne: upTo(3) },
  '9.2': { numbers: upTo(4), levelOne: [1] },
  '10.1': { numbers: upTo(2) },
  '10.2': { numbers: upTo(2) },
  '10.3': { numbers: upTo(4) },
  '10.4': { numbers: upTo(11), levelOne: upTo(5) },
  '10.5': { numbers: upTo(5) },
  '10.6': { numbers: upTo(2) },
  '10.7': { numbers: upTo(3) },
  '13.1': { numbers: [1] },
  '13.2': { numbers: upTo(5) },
  '13.3': { numbers: upTo(2) },
  '13.4': { numbers: upTo(5), levelOne: [1] },
  '14.1': { numbers: upTo(2) },
  '14.2': { numbers: upTo(4), levelOne: [1] },
  '14.3': { numbers: upTo(3), levelOne: [1] },
  '15.1': { numbers: upTo(3), levelOne: [1] },
  '15.2': { numbers: upTo(3), levelOne: [1] },
  '15.3': { numbers: upTo(7), levelOne: [1] },
  '16.1': { numbers: [1] },
  '16.2': { numbers: upTo(5) },
  '16.3': { numbers: upTo(4) },
  '16.4': { numbers: upTo(3) },
  '16.5': { numbers: upTo(3) },
};

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1);
}

const page = readFileSync('docs/asvs.md', 'utf8');
const rows = [...page.matchAll(/^\| ([\d.]+) \| (\d) \| ([^|]+) \| (.+) \|$/gm)].map(
  ([, number = '', level = '', asked = '', state = '']) => ({ number, level, asked, state }),
);
const [, gathered = ''] = page.split('## What is not met, in one place');

test('every requirement of levels 1 and 2 has one row, with its level and in its order', () => {
  const owed = Object.entries(SECTIONS).flatMap(([section, { numbers, levelOne = [] }]) =>
    numbers.map((number) => `${section}.${number} level ${levelOne.includes(number) ? 1 : 2}`),
  );
  expect(rows.map(({ number, level }) => `${number} level ${level}`)).toEqual(owed);
});

test('what is met names tests that exist, what is not says why, and there is no fourth answer', () => {
  const wrong = rows.filter(({ state }) => {
    const tests = [...state.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
    if (!tests.every((file) => existsSync(file))) return true;
    if (/^Met\b/.test(state)) return tests.length === 0;
    const like = /^Not (?:applicable|met(?: here)?): as ([\d.]+)\.$/.exec(state)?.[1];
    return like
      ? !rows.some(({ number }) => number === like)
      : !/^Not (applicable|met\b.*?)[:.] .{15,}/.test(state);
  });
  expect(wrong).toEqual([]);
});

test('all that is not met is gathered at the end, and nothing else is', () => {
  const notMet = rows.filter(({ state }) => state.startsWith('Not met')).map(({ number }) => number);
  const named = [...gathered.matchAll(/\b\d+\.\d+\.\d+\b/g)].map(([number]) => number);
  expect(named.toSorted()).toEqual(notMet.toSorted());
});
