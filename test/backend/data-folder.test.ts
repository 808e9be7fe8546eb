import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openKeys } from '../../backend/data-folder.ts';
import { StartError } from '../../backend/start-error.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keys-'));
  folder = path.join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true }));

const modeOf = (file: string) => statSync(file).mode & 0o777;

test('the keys are made at the first start, long and random, and read at the second', () => {
  const first = openKeys(folder);
  expect(first.accessKey).toMatch(/^nvi_[\w-]{32}$/);
  expect(first.serverKey).toHaveLength(32);
  expect(openKeys(folder)).toEqual(first);
  expect(openKeys(path.join(root, 'other'))).not.toEqual(first);
});

test('are readable by their user only (mode 0600), also where they were not', () => {
  openKeys(folder);
  const files = ['access-key', 'server-key'].map((name) => path.join(folder, name));
  expect(files.map(modeOf)).toEqual([0o600, 0o600]);
  expect(modeOf(folder)).toBe(0o700);
  for (const file of files) chmodSync(file, 0o644);
  openKeys(folder);
  expect(files.map(modeOf)).toEqual([0o600, 0o600]);
});

test('two first starts at the same moment agree', async () => {
  const module = new URL('../../backend/data-folder.ts', import.meta.url).href;
  const script = `const { openKeys } = await import('${module}'); const keys = openKeys(process.argv[1]); console.log(keys.accessKey + keys.serverKey.toString('hex'));`;
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, folder]);
  const said = (await Promise.all(Array.from({ length: 4 }, start))).map(({ stdout }) => stdout);
  expect(new Set(said).size).toBe(1);
  expect(said[0]?.trim()).toMatch(/^nvi_[\w-]{32}[0-9a-f]{64}$/);
});

describe('a folder that cannot be used is refused, and no key is made up in its place', () => {
  const refused = () => {
    try {
      return openKeys(folder);
    } catch (error) {
      return error instanceof StartError ? error.code : error;
    }
  };

  test('where a file stands in its place', () => {
    writeFileSync(folder, '');
    expect(refused()).toBe('start.data_folder_unusable');
  });

  test.each(['access-key', 'server-key'])('where %s is empty: a key that everyone can guess', (name) => {
    openKeys(folder);
    writeFileSync(path.join(folder, name), '');
    expect(refused()).toBe('start.data_folder_unusable');
    expect(readFileSync(path.join(folder, name), 'utf8')).toBe('');
  });

  test('where a key was cut short', () => {
    openKeys(folder);
    const file = path.join(folder, 'server-key');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 5));
    expect(refused()).toBe('start.data_folder_unusable');
  });
});
