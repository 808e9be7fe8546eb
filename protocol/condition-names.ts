/** The conditions of a run that have one value each, in the order in which they are shown. Tags are many, and apart. */
export const CONDITION_NAMES = [
  'operator',
  'bearer',
  'sharing',
  'roaming',
  'vpn',
  'device',
  'browser',
  'place',
  'campaign',
] as const;
export type ConditionName = (typeof CONDITION_NAMES)[number];

/** As the value of a condition in a filter: the runs for which it was not stated. */
export const NOT_STATED = '∅';
