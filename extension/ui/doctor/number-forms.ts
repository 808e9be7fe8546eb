import type { HashForm } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';

import { partsOfMask } from '../../runner/number-mask.ts';

/** A way of writing a number before it is hashed. Two are asked for somewhere; the others are slips. */
export type FormName = HashForm | 'zeros' | 'national' | 'spaces';

export interface NumberForm {
  name: FormName;
  /** The number written so, masked. */
  shown: string;
  /** Who takes it so: the standard asks for one, some operators for another. */
  takes: 'standard' | 'some' | 'none';
  /** What the operator said to it; null where it was not asked. */
  answer: 'yes' | 'no' | 'none' | null;
}

/** Every way people write a number, and which of them this run's operator has been asked about. */
export function numberForms({ number, profile, hashDoctor }: Run): NumberForm[] {
  const parts = partsOfMask(number?.mask ?? '');
  if (!parts) return [];
  const { callingCode, lastDigits } = parts;
  const rest = `•••••••${lastDigits}`;
  const answerTo = (form: HashForm): NumberForm['answer'] => {
    if (form === profile.hash) return 'no';
    if (hashDoctor?.form !== form) return null;
    return hashDoctor.verified === null ? 'none' : hashDoctor.verified ? 'yes' : 'no';
  };
  return [
    { name: 'plus', shown: `+${callingCode}${rest}`, takes: 'standard', answer: answerTo('plus') },
    { name: 'plain', shown: `${callingCode}${rest}`, takes: 'some', answer: answerTo('plain') },
    { name: 'zeros', shown: `00${callingCode}${rest}`, takes: 'none', answer: null },
    // Whether a national number begins with 0 differs from country to country.
    { name: 'national', shown: `(0)${rest}`, takes: 'none', answer: null },
    { name: 'spaces', shown: `+${callingCode} •••• ••• ${lastDigits}`, takes: 'none', answer: null },
  ];
}
