import type { BackendAddress } from './backend-client.ts';

/** Reads the line a backend prints, `http://127.0.0.1:8787/#KEY`; null if it is not one. Spaces around it are a slip of the mouse. */
export function readPairingLine(line: string): BackendAddress | null {
  const url = URL.parse(line.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '') return null;
  const key = url.hash.slice(1);
  return /^nvi_[\w-]{20,}$/.test(key) ? { url: url.origin, key } : null;
}
