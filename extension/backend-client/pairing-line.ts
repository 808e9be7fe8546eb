import { isLoopback } from '#protocol/redirect-uri.ts';

/** What a person can paste to connect a backend, once it is read. */
export type PairingLine =
  /** The line that a backend on its own machine prints: the key itself. */
  | { kind: 'key'; url: string; key: string }
  /** A link: its code fetches a key, once. */
  | { kind: 'code'; url: string; code: string }
  /** Either of them, by which the key would cross a network in clear. */
  | { kind: 'in_clear' };

/** Reads `http://127.0.0.1:8787/#KEY` and `https://verify.example.com/pair#CODE`; null if it is neither. Spaces around it are a slip of the mouse. */
export function readPairingLine(line: string): PairingLine | null {
  const url = URL.parse(line.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '') return null;
  const secret = url.hash.slice(1);
  const isKey = /^nvi_[\w-]{20,}$/.test(secret);
  const isCode = url.pathname === '/pair' && /^[\w-]{22}$/.test(secret);
  if (!isKey && !isCode) return null;
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return { kind: 'in_clear' };
  return isCode
    ? { kind: 'code', url: url.origin, code: secret }
    : { kind: 'key', url: url.origin, key: secret };
}
