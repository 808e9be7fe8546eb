/** setup.mjs run for real, in a copy of this folder's package files, with an npm that only writes down its calls. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { findChromium, findFirefox, nodeProblem } from '../setup.mjs';

const FAKE_NPM = `
import { appendFileSync, mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
console.log('npm speaking');
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
await setTimeout(300);
mkdirSync('node_modules', { recursive: true });
process.exit(Number(process.env.FAKE_NPM_EXIT ?? 0));
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'setup-'));
  for (const file of ['setup.mjs', 'package.json', 'package-lock.json']) {
    copyFileSync(new URL(`../${file}`, import.meta.url), path.join(folder, file));
  }
  writeFileSync(path.join(folder, 'fake-npm.mjs'), FAKE_NPM);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('setup', () => {
  test('installs the locked packages once and says so', async () => {
    const first = await setup();
    expect(first.code, first.stderr).toBe(0);
    expect(npmCalls()).toHaveLength(1);
    expect(npmCalls()[0]).toMatch(/^ci .*--loglevel=error$/);
    expect(first.stderr).toContain('setup: installing packages with npm');
  });

  test('does not call npm and says nothing when the lock is unchanged', async () => {
    await setup();
    const second = await setup();
    expect(second).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmCalls()).toHaveLength(1);
  });

  test('installs again when the lock has changed', async () => {
    await setup();
    writeFileSync(path.join(folder, 'package-lock.json'), '{}');
    await setup();
    expect(npmCalls()).toHaveLength(2);
  });

  test('does not install again when only a script was added', async () => {
    await setup();
    const file = path.join(folder, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, extra: 'true' } }));
    await setup();
    expect(npmCalls()).toHaveLength(1);
  });

  test('prints nothing to stdout, not even what npm prints there', async () => {
    const { stdout, stderr } = await setup();
    expect(stdout).toBe('');
    expect(stderr).toContain('npm speaking');
  });

  test('fails when npm fails, and tries again the next time', async () => {
    const { code, stderr } = await setup({ FAKE_NPM_EXIT: '7' });
    expect(code).toBe(1);
    expect(stderr).toContain('npm ci failed (exit 7)');
    expect((await setup()).code).toBe(0);
    expect(npmCalls()).toHaveLength(2);
  });

  test('installs once when two are started at the same time', async () => {
    const both = await Promise.all([setup(), setup()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(npmCalls()).toHaveLength(1);
  });

  test('takes over the lock of a setup that was killed', async () => {
    const lock = path.join(folder, 'dist/.setup-lock');
    mkdirSync(lock, { recursive: true });
    writeFileSync(path.join(lock, 'pid'), String(2 ** 30)); // above any pid Linux, macOS or Windows gives out
    expect((await setup()).code).toBe(0);
    expect(npmCalls()).toHaveLength(1);
  });

  test('fails when CHROMIUM_PATH is wrong', async () => {
    const { code, stderr } = await setup({ CHROMIUM_PATH: '/nowhere/chromium' });
    expect(code).toBe(1);
    expect(stderr).toContain('CHROMIUM_PATH is /nowhere/chromium');
  });

  test('looks for Firefox only where it is asked to, and then fails without one', async () => {
    const none = { FIREFOX_PATH: '/nowhere/firefox' };
    expect((await setup(none)).code).toBe(0);
    const { code, stderr } = await setup(none, ['--firefox']);
    expect(code).toBe(1);
    expect(stderr).toContain('FIREFOX_PATH is /nowhere/firefox');
    expect((await setup({ FIREFOX_PATH: process.execPath }, ['--firefox'])).code).toBe(0);
  });

  test('only warns about the browser with --browser-optional', async () => {
    const { code, stderr } = await setup({ CHROMIUM_PATH: '/nowhere/chromium' }, ['--browser-optional']);
    expect(code).toBe(0);
    expect(stderr).toContain('this command needs no browser');
  });

  test('has no side effect when imported', async () => {
    const url = JSON.stringify(pathToFileURL(path.join(folder, 'setup.mjs')).href);
    const result = await start(['--input-type=module', '--eval', `await import(${url})`]);
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmCalls()).toEqual([]);
    expect(existsSync(path.join(folder, 'node_modules'))).toBe(false);
  });
});

describe('nodeProblem', () => {
  test('names Node 24 where the Node is too old and none can be brought along', () => {
    const mac = nodeProblem({ version: '20.20.2', platform: 'darwin', arch: 'arm64' });
    expect(mac).toContain('install Node 24 or newer');
    expect(nodeProblem({ version: '20.20.2', platform: 'linux', arch: 'ppc64' })).toContain('Node 24');
  });

  test('has nothing to say where Node 24 comes with the packages or is there already', () => {
    expect(nodeProblem({ version: '20.20.2', platform: 'linux', arch: 'x64' })).toBeNull();
    expect(nodeProblem({ version: '20.20.2', platform: 'win32', arch: 'x64' })).toBeNull();
    expect(nodeProblem({ version: '24.0.0', platform: 'darwin', arch: 'arm64' })).toBeNull();
  });
});

describe('findChromium', () => {
  test('honours CHROMIUM_PATH', () => {
    const mine = program('my browser');
    expect(findChromium({ CHROMIUM_PATH: mine })).toEqual({ path: mine, branded: false });
  });

  test('answers a missing CHROMIUM_PATH with a clear error', () => {
    expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
      'CHROMIUM_PATH is /nowhere/chromium, but there is no program there',
    );
    expect(() => findChromium({ CHROMIUM_PATH: folder })).toThrow('no program there');
  });

  test('takes an empty CHROMIUM_PATH for none', () => {
    const mine = program('chromium.exe');
    expect(findChromium({ CHROMIUM_PATH: '', PATH: folder }, 'win32')).toEqual({
      path: mine,
      branded: false,
    });
  });

  test('prefers Chromium over branded Chrome, and tells them apart', () => {
    const chrome = program('Google/Chrome/Application/chrome.exe');
    const env = { LOCALAPPDATA: folder };
    expect(findChromium(env, 'win32')).toEqual({ path: chrome, branded: true });
    const chromium = program('Chromium/Application/chrome.exe');
    expect(findChromium(env, 'win32')).toEqual({ path: chromium, branded: false });
  });

  test('finds nothing where there is nothing', () => {
    expect(findChromium({ PATH: folder }, 'win32')).toBeNull();
  });
});

describe('findFirefox', () => {
  test('honours FIREFOX_PATH, and answers a missing one with a clear error', () => {
    const mine = program('my firefox');
    expect(findFirefox({ FIREFOX_PATH: mine })).toEqual({ path: mine });
    expect(() => findFirefox({ FIREFOX_PATH: '/nowhere/firefox' })).toThrow(
      'FIREFOX_PATH is /nowhere/firefox, but there is no program there',
    );
  });

  test('finds the one that is installed, and nothing where there is nothing', () => {
    const installed = program('Mozilla Firefox/firefox.exe');
    expect(findFirefox({ ProgramFiles: folder }, 'win32')).toEqual({ path: installed });
    expect(findFirefox({ PATH: path.join(folder, 'elsewhere') }, 'win32')).toBeNull();
  });
});

function setup(env: NodeJS.ProcessEnv = {}, flags: string[] = []) {
  return start([path.join(folder, 'setup.mjs'), ...flags], env);
}

/** Some program stands in for the browser, so that no test installs one. */
async function start(args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      npm_execpath: path.join(folder, 'fake-npm.mjs'),
      CHROMIUM_PATH: process.execPath,
      ...env,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}

function npmCalls(): string[] {
  const file = path.join(folder, 'npm-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function program(name: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}
