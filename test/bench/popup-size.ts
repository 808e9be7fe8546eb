import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Gzipped kilobytes (1000 bytes) of what the popup loads before anything is shown, and of the phone metadata beside it. */
export function popupSize(folder: string): Record<string, number> {
  const html = readFileSync(join(folder, 'popup.html'), 'utf8');
  const eager = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path as string);
  const lazy = readdirSync(join(folder, 'chunks')).filter((name) => name.startsWith('mobile-'));
  const size = (paths: string[]) =>
    Math.round(
      paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length, 0) /
        10,
    ) / 100;
  return {
    'popup script, kB gzip': size([...new Set(eager)]),
    'phone metadata, lazy, kB gzip': size(lazy.map((name) => `chunks/${name}`)),
  };
}
