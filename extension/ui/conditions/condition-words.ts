import { BEARERS, NO_YES, SHARINGS, type Stated } from '../../runner/conditions.ts';
import { spellCount } from '../counts.ts';
import { say } from '../words.ts';

export type ConditionName = Exclude<keyof Stated, 'tags'> | 'browser';

/** The order in which conditions are told: what a network does with a SIM first. */
export const TOLD: ConditionName[] = [
  'operator',
  'bearer',
  'sharing',
  'roaming',
  'vpn',
  'device',
  'place',
  'campaign',
  'browser',
];

/** A condition as a person says it; a value of no list, such as an imported run may carry, stands as it is. */
export function valueWords(name: ConditionName, value: string): string {
  const bearer = BEARERS.find((one) => one === value);
  const sharing = SHARINGS.find((one) => one === value);
  const noYes = NO_YES.find((one) => one === value);
  if (name === 'bearer' && bearer) return say(`bearer.${bearer}`);
  if (name === 'sharing' && sharing) return say(`sharing.${sharing}`);
  if (name === 'roaming' && noYes) return say(`roaming.${noYes}`);
  if (name === 'vpn' && noYes) return say(`vpn.${noYes}`);
  return value;
}

/** What is stated, word by word. */
export function statedWords(stated: Stated): string[] {
  const single = TOLD.flatMap((name) => {
    const value = name === 'browser' ? undefined : stated[name];
    return value ? [valueWords(name, value)] : [];
  });
  return [...single, ...(stated.tags ?? [])];
}

/** What to ask about: the parts that change when a person or a phone moves. */
export function passingWords({ bearer, sharing, roaming, vpn, operator, place }: Stated): string[] {
  const moving: Stated = {
    ...(bearer ? { bearer } : {}),
    ...(sharing === 'tethered' ? { sharing } : {}),
    ...(roaming ? { roaming } : {}),
    ...(vpn === 'yes' ? { vpn } : {}),
  };
  const words = statedWords(moving);
  if (words.length > 0) return words;
  return [operator, place, sharing && say(`sharing.${sharing}`), vpn && say(`vpn.${vpn}`)].filter(
    (one): one is string => Boolean(one),
  );
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `41 min`, `3 h`, `2 d`; null for less than a minute. */
export function spanWords(ms: number): string | null {
  if (ms < MINUTE_MS) return null;
  if (ms < HOUR_MS) return say('span.minutes', [spellCount(Math.floor(ms / MINUTE_MS))]);
  if (ms < 24 * HOUR_MS) return say('span.hours', [spellCount(Math.floor(ms / HOUR_MS))]);
  return say('span.days', [spellCount(Math.floor(ms / (24 * HOUR_MS)))]);
}
