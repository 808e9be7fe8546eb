import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionFolder } from './built-extension.ts';

interface Options {
  /** Milliseconds a run waits for a permission, in place of a minute. */
  patienceMs?: number;
}

/** The extension as it ships: the test build without its hosts, which are all that it has besides. */
export function withoutTestHosts(
  browser: 'chromium' | 'firefox',
  { patienceMs }: Options = {},
): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'nvi-shipped-'));
  cpSync(extensionFolder('e2e', browser), folder, { recursive: true });
  edit(join(folder, 'manifest.json'), (text) => {
    const manifest = JSON.parse(text) as { host_permissions: string[] };
    const host_permissions = manifest.host_permissions.filter((host) => !host.includes('.test/'));
    return JSON.stringify({ ...manifest, host_permissions });
  });
  if (patienceMs !== undefined) {
    edit(join(folder, 'background.js'), (text) => {
      // The bundler gives `PERMISSION_MS` a name of its own, which stands where the countdown is made.
      const [, name] = /kind:[`"']host_permission[`"'][^}]*until:[\w$]+\+([\w$]+)/.exec(text) ?? [];
      const shorter = text.replace(`${name}=6e4`, `${name}=${patienceMs}`);
      if (shorter === text) throw new Error('The wait for a permission stands elsewhere now');
      return shorter;
    });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
