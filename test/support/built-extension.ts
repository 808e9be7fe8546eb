import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDERS = { e2e: 'dist/extension/chrome-mv3-e2e', production: 'dist/extension/chrome-mv3' } as const;

/** The folder of a build made before the tests began. */
export function extensionFolder(build: keyof typeof FOLDERS): string {
  const folder = resolve(FOLDERS[build]);
  if (!existsSync(`${folder}/manifest.json`))
    throw new Error(
      `${folder} is missing: run \`npm test\`, or \`npm run build\` and \`npm run build:e2e\`, first`,
    );
  return folder;
}

/** vitest's global set-up: both builds, once, whatever part of the tests is run. */
export function setup(): void {
  for (const mode of ['production', 'e2e']) {
    execFileSync(process.execPath, [resolve('node_modules/wxt/bin/wxt.mjs'), 'build', '--mode', mode], {
      stdio: 'pipe',
    });
  }
}
