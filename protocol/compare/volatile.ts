import { TRACE_HEADERS } from '../trace-id.ts';

/** Headers whose values are new with every answer and say nothing of how the operator behaves. */
const VOLATILE_HEADERS = new Set([
  ...TRACE_HEADERS,
  'age',
  'content-length',
  'cookie',
  'date',
  'expires',
  'location',
  'referer',
  'set-cookie',
]);

export function isVolatileHeader(name: string): boolean {
  return VOLATILE_HEADERS.has(name.toLowerCase());
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A recorded text without what differs from run to run by itself: which stand-in it was, ids, dates and times. */
export function steady(text: string): string {
  return text
    .replace(/‹([a-z0-9_.-]+):\d+›/g, '‹$1›')
    .replace(UUID, '‹uuid›')
    .replace(/\b(?:mon|tue|wed|thu|fri|sat|sun), \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt/gi, '‹date›')
    .replace(/\b\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?/gi, '‹date›');
}

/** Two durations are alike unless one is three times the other and a second longer: less than that is the network's mood. */
export function isAlike(reference: number | null, run: number | null): boolean {
  if (reference === null || run === null) return true;
  const [shorter, longer] = [Math.min(reference, run), Math.max(reference, run)];
  return longer - shorter <= 1000 || longer <= shorter * 3;
}

/** `v4` or `v6`; null where no address was seen. */
export function familyOf(ip: string | null): 'v4' | 'v6' | null {
  if (ip === null) return null;
  return ip.includes(':') ? 'v6' : 'v4';
}

/** Scheme and host of a recorded URL, without the port, which in a simulation is another every time. */
export function addressOf(url: string | null): { scheme: string; host: string } {
  const [, scheme = '', host = ''] =
    /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/(\[[^\]]*\]|[^/?#:]*))?/i.exec(url ?? '') ?? [];
  return { scheme: scheme.toLowerCase(), host: steady(host.toLowerCase()) };
}
