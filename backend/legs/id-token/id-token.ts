import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

/** A compact JWS taken apart; nothing in it is believed yet. */
export interface IdToken {
  raw: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** What an id_token is held against. Times are seconds since 1970 (RFC 7519 §2). */
export interface Expected {
  profile: Profile;
  nonce: string;
  accessToken: string;
  now: number;
  /** When this backend heard of the run: by the same clock as `now`, which the browser's need not agree with. */
  openedAt: number;
  pseudonyms: Pseudonyms;
}

/** Seconds by which two clocks may differ before a time claim is wrong. */
export const LEEWAY = 60;

export function shownTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
