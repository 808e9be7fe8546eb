/** The origin a pairing line speaks of as a permission pattern, or null where the line is none. Ports are not part of patterns. */
export function originOfLine(line: string): string | null {
  const url = URL.parse(line.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return `${url.protocol}//${url.hostname}/*`;
}

/** Loopback is in the manifest; for any other backend the permission is asked for in the click that connects. */
export function isLoopbackPattern(origin: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost|[a-z0-9.-]+\.localhost|\[::1\])\/\*$/.test(origin);
}

/** Whether a backend on another machine is meant, which a phone has to be able to reach. */
export function isElsewhere(line: string): boolean {
  const origin = originOfLine(line);
  return origin !== null && !isLoopbackPattern(origin);
}

/** Plain http to another machine: refused, so that its host need not be asked for. */
export function crossesInClear(line: string): boolean {
  return isElsewhere(line) && originOfLine(line)?.startsWith('http:') === true;
}

/** A key alone is for the backend on offer; anything else is a line of its own, which may lead elsewhere. */
export function completeLine(typed: string, offered: string | null): string {
  const line = typed.trim();
  return offered && /^nvi_[\w-]+$/.test(line) ? `${offered}/#${line}` : line;
}
