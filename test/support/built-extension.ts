import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const BUILDS = ['chrome-mv3', 'firefox-mv3'] as const;
const FOLDER = resolve('dist/extension');

/** The folder of a build made before the tests began. */
export function extensionFolder(
  build: 'e2e' | 'production',
  browser: 'chromium' | 'firefox' = 'chromium',
): string {
  const name = `${browser === 'firefox' ? 'firefox' : 'chrome'}-mv3${build === 'e2e' ? '-e2e' : ''}`;
  const folder = resolve(FOLDER, name);
  if (!existsSync(`${folder}/manifest.json`))
    throw new Error(`${folder} is not there: \`npm test\` makes it before its tests`);
  return folder;
}

/** vitest's global set-up: the builds, once, whatever part of the tests is run. */
export async function setup(): Promise<void> {
  await Promise.all(
    BUILDS.map(async (name) => {
      const [browser = ''] = name.split('-');
      const wxt = resolve('node_modules/wxt/bin/wxt.mjs');
      await promisify(execFile)(process.execPath, [wxt, 'build', '--browser', browser]);
      await makeTestBuild(name, browser);
    }),
  );
  process.env.NV_BUILT_EXTENSION = FOLDER;
}

/** What ships, byte for byte, with the hosts in its manifest that `--mode e2e` gives it: no second build can differ from it in more. */
async function makeTestBuild(name: (typeof BUILDS)[number], browser: string): Promise<void> {
  const { default: config } = await import('../../wxt.config.ts');
  if (typeof config.manifest !== 'function') throw new TypeError('The manifest depends on the mode');
  const given = { browser, mode: 'e2e', command: 'build', manifestVersion: 3 } as const;
  const { host_permissions } = await config.manifest(given);
  const folder = resolve(FOLDER, `${name}-e2e`);
  rmSync(folder, { recursive: true, force: true });
  cpSync(resolve(FOLDER, name), folder, { recursive: true });
  const file = resolve(folder, 'manifest.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), host_permissions }));
}
