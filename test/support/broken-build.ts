/** The product with one line of it changed for the worse, so that a test can be seen to fail where it must. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Below the root, so that packages are found; never built, linted or committed. */
const BUILDS = path.join(ROOT, 'dist/broken');
const ROOMS = ['protocol', 'backend/legs', 'backend/store', 'backend/upstream', 'extension/walker'];

export interface Edit {
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  replace: string;
}

export interface BrokenBuild {
  import<Module>(file: string): Promise<Module>;
  remove(): void;
}

/** Copies the rooms that judge an operator, and edits one file of the copy. */
export function breakBuild({ file, find, replace }: Edit): BrokenBuild {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found = text.split(find).length - 1;
  if (found !== 1)
    throw new Error(`"${find}" stands ${found} times in ${file}: what was to be broken has moved`);
  mkdirSync(BUILDS, { recursive: true });
  const folder = mkdtempSync(path.join(BUILDS, 'build-'));
  for (const room of ROOMS) cpSync(path.join(ROOT, room), path.join(folder, room), { recursive: true });
  const { imports } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module', imports }));
  writeFileSync(
    path.join(folder, file),
    text.replace(find, () => replace),
  );
  return {
    import: (wanted) => import(/* @vite-ignore */ pathToFileURL(path.join(folder, wanted)).href),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
