import type { KeyAccess } from './settings.ts';

/** Days before its end from which on a key that expires is worth a warning. */
const WARN_DAYS = 7;
const DAY_MS = 86_400_000;

/** What a key may do that is not allowed everybody who has one. */
export interface Allowed {
  /** Make runs. */
  run: boolean;
  /** Decide for the team: references, kept campaigns. */
  decide: boolean;
  /** Change this run: one's own, or any with a key that may do everything. */
  change(run: { ownerId: string }): boolean;
}

/** What this key allows. Where the backend has not said what it may, everything is tried. */
export function keyAllows(access: KeyAccess | null): Allowed {
  const decide = access === null || access.scope === 'admin';
  const run = access?.scope !== 'read';
  return { run, decide, change: ({ ownerId }) => run && (decide || access?.ownerId === ownerId) };
}

/** Whole days that a key is still valid, where they are few; null for one that lasts. Less than a day is none. */
export function daysLeft(expiresAt: number | null, now: number): number | null {
  if (expiresAt === null) return null;
  const days = Math.floor((expiresAt - now) / DAY_MS);
  return days < WARN_DAYS ? Math.max(0, days) : null;
}
