import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { StartError } from './start-error.ts';

export interface Keys {
  /** What the extension shows at the door; part of the pairing line. */
  accessKey: string;
  /** From which state, nonce and every digest are derived. */
  serverKey: Buffer;
}

/** The keys of this backend, made at its first start and kept readable by its user only (mode 0600). */
export function openKeys(dataFolder: string): Keys {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const accessKey = keep(
      join(dataFolder, 'access-key'),
      () => `nvi_${randomBytes(24).toString('base64url')}`,
    );
    const serverKey = keep(join(dataFolder, 'server-key'), () => randomBytes(32).toString('base64url'));
    return { accessKey, serverKey: Buffer.from(serverKey, 'base64url') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new StartError(
      'start.data_folder_unusable',
      `The data folder "${dataFolder}" cannot be used (${code}). Make it writable, or name another one in NV_DATA_DIR.`,
    );
  }
}

/** Reads the file, or creates it; `wx` makes two first starts agree on one key. */
function keep(path: string, make: () => string): string {
  try {
    writeFileSync(path, `${make()}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    chmodSync(path, 0o600);
  }
  return readFileSync(path, 'utf8').trim();
}
