import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { callingCodeOf, type ReadNumber, readMsisdn } from '../../runner/msisdn.ts';

/** What can be wrong with a number; each has its sentence. */
export type NumberError = 'empty' | 'impossible' | 'other_run';

export interface NumberReading {
  /** What was read last; it stays while the next reading is on its way, so that nothing below the field jumps. */
  number: ReadNumber | null;
  /** Whether that is a reading of the text as it stands now. */
  current: boolean;
}

/** Reads the field as it is typed. The reader itself is loaded with the first number. */
export function useReadNumber(text: string, country: string | null): NumberReading {
  const read = useSignal<{ text: string; country: string | null; number: ReadNumber | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    readMsisdn(text, country).then((number) => {
      if (wanted) read.value = { text, country, number };
    });
    return () => {
      wanted = false;
    };
  }, [text, country]);
  const current = read.value?.text === text && read.value.country === country;
  return { number: read.value?.number ?? null, current };
}

/** What stands before the field: the country a number without `+` is read in. */
export function useCountryPrefix(country: string | null): string {
  const code = useSignal<string | null>(null);
  useEffect(() => {
    code.value = null;
    if (country) {
      callingCodeOf(country).then((known) => {
        code.value = known;
      });
    }
  }, [country]);
  return [country, code.value && `+${code.value}`].filter(Boolean).join(' ');
}
