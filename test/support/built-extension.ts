import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const BUILDS = ['chrome-mv3', 'chrome-mv3-e2e', 'firefox-mv3', 'firefox-mv3-e2e'] as const;

/** The folder of a build made before the tests began. */
export function extensionFolder(
  build: 'e2e' | 'production',
  browser: 'chromium' | 'firefox' = 'chromium',
): string {
  const name = `${browser === 'firefox' ? 'firefox' : 'chrome'}-mv3${build === 'e2e' ? '-e2e' : ''}`;
  const folder = resolve('dist/extension', name);
  if (!BUILDS.some((one) => one === name) || !existsSync(`${folder}/manifest.json`))
    throw new Error(`${folder} is not there: \`npm test\` builds ${BUILDS.join(', ')} before its tests`);
  return folder;
}

/** vitest's global set-up: the builds, once, whatever part of the tests is run. */
export function setup(): void {
  for (const build of BUILDS) {
    const [browser = '', , mode = 'production'] = build.split('-');
    const args = ['build', '--browser', browser, '--mode', mode];
    execFileSync(process.execPath, [resolve('node_modules/wxt/bin/wxt.mjs'), ...args], { stdio: 'pipe' });
  }
}
