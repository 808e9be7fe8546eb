/** How long a code is taken to be good: operators give it about a minute, and a code sent late only looks like a fault of theirs. */
export const CODE_VALID_MS = 60_000;

/** A clock that was set back makes no code young again for longer than it is good. */
export function isCodeTooOld(seenAt: number, now: number): boolean {
  return Math.abs(now - seenAt) > CODE_VALID_MS;
}
