import type { Profile } from '#protocol/profile.ts';

/**
 * SHA-256 of the number as the operator writes it, lower-case hex: `+447…`, or `447…` where the profile says `plain`.
 * The number itself goes no further than this.
 */
export async function hashNumber(e164: string, written: Profile['hash']): Promise<string> {
  const text = written === 'plain' ? e164.slice(1) : e164;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
