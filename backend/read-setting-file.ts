import { readFileSync } from 'node:fs';

import { StartError, type StartErrorCode } from './start-error.ts';

/** The text of a file that a setting names, or a sentence that says which setting and why not. */
export function readSettingFile(setting: string, path: string, code: StartErrorCode): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new StartError(
      code,
      `${setting} names ${path}, which cannot be read (${reason}). Correct the path, or let this user read it.`,
    );
  }
}
