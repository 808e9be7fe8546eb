import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { StartError } from './start-error.ts';

export interface Keys {
  /** What the extension shows at the door; part of the pairing line. */
  accessKey: string;
  /** From which state, nonce and every digest are derived. */
  serverKey: Buffer;
}

/**
 * The keys of this backend, made at its first start and kept readable by its user only (mode 0600). `serverKey` is the
 * configured one, where there is one.
 */
export function openKeys(dataFolder: string, serverKey: Buffer | null = null): Keys {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const accessKey = keep(join(dataFolder, 'access-key'), () => `nvi_${random(24)}`, /^nvi_[\w-]{32}$/);
    const kept = () => keep(join(dataFolder, 'server-key'), () => random(32), /^[\w-]{43}$/);
    return { accessKey, serverKey: serverKey ?? Buffer.from(kept(), 'base64url') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new StartError(
      'start.data_folder_unusable',
      `The data folder "${dataFolder}" cannot be used (${code}). Make it writable, or name another one in NV_DATA_DIR.`,
    );
  }
}

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/** Reads the file, or creates it. It appears whole or not at all, so that two first starts agree on one key. */
function keep(path: string, make: () => string, form: RegExp): string {
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${make()}\n`, { mode: 0o600 });
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(draft);
    }
  }
  chmodSync(path, 0o600);
  const key = readFileSync(path, 'utf8').trim();
  // An empty or shortened key would be one that anybody can guess.
  if (!form.test(key)) throw Object.assign(new Error(), { code: `${basename(path)} is damaged` });
  return key;
}
