import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Everything that `npm test` runs. What is only read comes first, side by side, each told whole when it has ended. vitest
 * closes with the line `N passed, N failed`; a step that fails before it closes with one of its own.
 */
const READ = ['lint:format', 'lint:unused', 'types:extension', 'types:backend', 'types:test'];

const once = mkdtempSync(path.join(tmpdir(), 'nvi-made-once-'));
// Only a whole run can say that a row has no proof.
const env = {
  ...process.env,
  NV_ALL_TESTS: '1',
  NV_MADE_ONCE: once,
  // Hundreds of processes and threads load the same modules: compiled once, each costs a third less.
  NODE_COMPILE_CACHE: path.join(once, 'compiled'),
};
try {
  process.exitCode = (await isRead()) ? (await run('test:run', 'inherit')).code : 1;
} finally {
  rmSync(once, { recursive: true, force: true });
}

/** Whether style, types and unused code are as they have to be. */
async function isRead(): Promise<boolean> {
  // The types that the extension's files are read with, once for all steps.
  const steps = [['prepare:types'], READ];
  for (const together of steps) {
    const done = await Promise.all(together.map((step) => run(step, 'pipe')));
    const failed = together.filter((_, at) => done[at]?.code !== 0);
    for (const { text } of done) process.stdout.write(text);
    if (failed.length === 0) continue;
    console.log(`npm run ${failed.join(', ')} failed\n0 passed, ${failed.length} failed`);
    return false;
  }
  return true;
}

async function run(step: string, told: 'inherit' | 'pipe'): Promise<{ code: number; text: string }> {
  const options: SpawnOptions = { stdio: ['ignore', told, told], shell: process.platform === 'win32', env };
  const child = spawn('npm', ['run', '-s', step], options);
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => void parts.push(part));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (status) => resolve(status ?? 1));
  });
  return { code, text: Buffer.concat(parts).toString() };
}
