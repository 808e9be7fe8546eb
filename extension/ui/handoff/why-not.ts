import type { Profile } from '#protocol/profile.ts';

/** Why no phone can walk a run of a profile; null where one can. */
export type WhyNot = 'no_address' | 'leads_elsewhere' | null;

/** A phone is back only if the operator leads it to this backend. Compared as text, as operators do (RFC 6749 §3.1.2.3). */
export function whyNot({ redirectUri }: Pick<Profile, 'redirectUri'>, callbackUrl: string | null): WhyNot {
  if (callbackUrl === null) return 'no_address';
  return redirectUri === callbackUrl ? null : 'leads_elsewhere';
}
