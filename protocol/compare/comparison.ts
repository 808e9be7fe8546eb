import type { Hop } from '../hop.ts';
import type { LegName } from '../leg.ts';

/** One thing that is not the same in both runs. A value is null where that run does not have it. */
export interface Difference<What extends string> {
  what: What;
  /** Which one, where there are several of the kind: a condition, a header, a check. */
  name: string | null;
  reference: string | null;
  run: string | null;
}

export type SettingDifference = Difference<
  | 'condition'
  | 'condition_basis'
  | 'capture'
  | 'clean_start'
  | 'origin'
  | 'profile'
  | 'scenario'
  | 'expectation'
  | 'address_family'
  | 'request_header'
>;

export type HopDifference = Difference<
  | 'scheme'
  | 'host'
  | 'role'
  | 'status'
  | 'error'
  | 'location_host'
  | 'cookies_sent'
  | 'cookies_set'
  | 'notes'
  | 'page'
  | 'address_family'
  | 'header'
  | 'duration'
>;

/** A row of the two chains side by side, in the order of both. */
export type HopPair =
  | { kind: 'same'; reference: Hop; run: Hop }
  | { kind: 'differs'; reference: Hop; run: Hop; differences: HopDifference[] }
  | { kind: 'only_in_reference'; reference: Hop }
  | { kind: 'only_in_run'; run: Hop };

export type LegDifference = Difference<
  'outcome' | 'check' | 'exchanges' | 'exchange_status' | 'exchange_error'
>;
export type OutcomeDifference = Difference<'verdict' | 'failure' | 'cause' | 'owner' | 'hash_doctor'>;

/** Two runs side by side, in the order in which they are read: under what they were made, what happened, what came of it. */
export interface Comparison {
  settings: SettingDifference[];
  chain: HopPair[];
  /** One of the two was walked on another device: its hops are not known, and none are compared. */
  hopsUnseen: boolean;
  /** The first row of `chain` that is not the same: its place there, and the hop it is about by its own number. */
  firstDivergence: { at: number; hop: number } | null;
  /** The one of two ways of walking in which the browser upgraded to https, and before which hop. */
  upgraded: { by: 'fetch' | 'tab'; hop: number } | null;
  /** How the chains ended, if not alike. */
  chainEnd: Difference<'kind' | 'host'>[];
  legs: { name: LegName; differences: LegDifference[] }[];
  outcome: OutcomeDifference[];
}

/** What is not equal, as a list of one or none. */
export function differing<What extends string>(
  what: What,
  reference: string | null,
  run: string | null,
  name: string | null = null,
): Difference<What>[] {
  return reference === run ? [] : [{ what, name, reference, run }];
}
