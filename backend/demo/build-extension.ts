import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** Builds the extension with the simulated operator's hosts allowed, since nobody could click their permission prompt. Returns its folder. */
export async function buildExtension(browser: 'chrome' | 'firefox' = 'chrome'): Promise<string> {
  const wxt = resolve('node_modules/wxt/bin/wxt.mjs');
  const child = spawn(process.execPath, [wxt, 'build', '--browser', browser, '--mode', 'e2e'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`The extension could not be built:\n${said}`);
  return resolve(`dist/extension/${browser}-mv3-e2e`);
}
