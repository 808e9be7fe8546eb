import type { Condition, Conditions } from '#protocol/run.ts';

/** What can be chosen; the rest is free text. The codes go into the record, their words are in `locales/`. */
export const BEARERS = ['5g', '4g', '3g', 'wifi', 'wired', 'unknown'] as const;
export const SHARINGS = ['direct', 'tethered'] as const;
export const NO_YES = ['no', 'yes'] as const;

/** As the run record has it (protocol/run.ts). */
export const LONGEST_TEXT = 120;
export const MOST_TAGS = 20;

/** What a person said of the circumstances; what they left out is not known. */
export interface Stated {
  operator?: string;
  bearer?: (typeof BEARERS)[number];
  sharing?: (typeof SHARINGS)[number];
  roaming?: (typeof NO_YES)[number];
  vpn?: (typeof NO_YES)[number];
  device?: string;
  place?: string;
  campaign?: string;
  tags?: string[];
}

/** As it is being typed and tapped; `tidy` makes a statement of it. */
export type StatedDraft = { [Name in keyof Stated]: Stated[Name] | undefined };

/** The last statement, with what has to be known to tell whether it still holds. */
export interface KeptConditions {
  stated: Stated;
  /** When it was said, or last said to hold still (UTC ms). */
  at: number;
  /** `navigator.connection.type` at that moment, where the browser has it. */
  connection: string | null;
}

/** What the browser tells without being asked to guess. */
export interface Observed {
  browser: string | null;
  connection: string | null;
}

/** A statement about mobile data is old after this. */
export const STALE_MS = 30 * 60_000;

/** Connection types that say which bearer it is. `cellular` is none: it does not tell 5G from 3G. */
const BEARER_OF: Record<string, 'wifi' | 'wired'> = {
  wifi: 'wifi',
  ethernet: 'wired',
};

/** The conditions as they go into the record. What a person says goes before what the browser sees: a tethered laptop is on Wi-Fi. */
export function conditionsOf(kept: KeptConditions | null, observed: Observed, now: number): Conditions {
  const { stated, at } = kept ?? { stated: {}, at: now };
  const said = (value: string): Condition => ({ value, basis: 'stated', at });
  const seen = (value: string): Condition => ({ value, basis: 'observed', at: now });
  const { tags, ...single } = stated;
  const bearer = stated.sharing === 'tethered' ? undefined : BEARER_OF[observed.connection ?? ''];
  return {
    ...(bearer ? { bearer: seen(bearer) } : {}),
    ...(observed.browser ? { browser: seen(observed.browser) } : {}),
    ...Object.fromEntries(Object.entries(single).map(([name, value]) => [name, said(value)])),
    ...(tags?.length ? { tags: tags.map(said) } : {}),
  };
}

export type Doubt = 'age' | 'change';

/**
 * Why the person should be asked whether the conditions still hold; null where nothing was said or nothing speaks
 * against it. `held` is false once the network was seen to change, and in a new browser session.
 */
export function doubtIn(
  kept: KeptConditions | null,
  held: boolean,
  connection: string | null,
  now: number,
): Doubt | null {
  if (!kept || !isPassing(kept.stated)) return null;
  if (!held || kept.connection !== connection) return 'change';
  return now - kept.at > STALE_MS || now < kept.at ? 'age' : null;
}

/** A device or a campaign does not change by itself; how one is connected does. */
function isPassing({ operator, bearer, sharing, roaming, vpn, place }: Stated): boolean {
  return [operator, bearer, sharing, roaming, vpn, place].some((one) => one !== undefined);
}

/** A statement without its empty parts, each no longer than the record takes. */
export function tidy(stated: { [Name in keyof Stated]: Stated[Name] | undefined }): Stated {
  const { tags, ...single } = stated;
  const cut = (text: string) => text.trim().slice(0, LONGEST_TEXT).trim();
  const given = Object.entries(single).flatMap(([name, value]) =>
    value && cut(value) ? [[name, cut(value)]] : [],
  );
  const kept = [...new Set((tags ?? []).map(cut))].filter(Boolean).slice(0, MOST_TAGS);
  return { ...Object.fromEntries(given), ...(kept.length > 0 ? { tags: kept } : {}) };
}

export function sameStatement(one: Stated, other: Stated): boolean {
  const spell = (stated: Stated) => JSON.stringify(Object.entries(stated).sort());
  return spell(one) === spell(other);
}
