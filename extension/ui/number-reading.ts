import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { callingCodeOf, type ReadNumber, readMsisdn } from '../runner/msisdn.ts';

/** The number as far as it could be read: `undefined` while the reader is still loading. */
export function useReadNumber(text: string, country: string | null): ReadNumber | null | undefined {
  const read = useSignal<{ text: string; country: string | null; number: ReadNumber | null } | null>(null);
  useEffect(() => {
    let current = true;
    readMsisdn(text, country).then((number) => {
      if (current) read.value = { text, country, number };
    });
    return () => {
      current = false;
    };
  }, [text, country]);
  const fresh = read.value?.text === text && read.value.country === country;
  return fresh ? read.value?.number : undefined;
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
