import { createPseudonyms, type Pseudonyms } from '#protocol/pseudonyms.ts';
import type { Run } from '#protocol/run.ts';

import type { DerivedValues } from './derived-values.ts';

type StandIns = [value: string, standIn: string][];

/** Knows from the start what an operator may quote before, or without, our having recorded it. */
export function pseudonymsFor(values: DerivedValues, clientSecret: string): Pseudonyms {
  return createPseudonyms(knownFrom(values, clientSecret));
}

/** Goes on where the table of a run that is over ended: what was shown keeps its stand-in, what is new gets a new one. */
export function pseudonymsAfter(
  run: Run,
  values: DerivedValues,
  clientSecret: string,
  shown: StandIns,
): Pseudonyms {
  return createPseudonyms([...knownFrom(values, clientSecret), ...shown], JSON.stringify(run.legs));
}

function knownFrom({ state, nonce }: DerivedValues, clientSecret: string): StandIns {
  // Also as it travels: an error page may quote the form it was sent in (RFC 6749 §2.3.1).
  const form = new URLSearchParams({ x: clientSecret }).toString().slice(2);
  const secret = [clientSecret, form, encodeURIComponent(clientSecret)].map((one): [string, string] => [
    one,
    '‹client_secret:1›',
  ]);
  return [[state, '‹state:1›'], [nonce, '‹nonce:1›'], ...secret];
}
