import type { CountryCode, PhoneNumber } from 'libphonenumber-js/mobile';

/** What was typed, read as a phone number. Only `e164` and `mask` go further than the form. */
export interface ReadNumber {
  e164: string;
  /** The countries that share this calling code and length; the first is the likeliest. Empty for global services. */
  countries: string[];
  callingCode: string;
  /** As the field shows it: without the calling code where the form already shows it. */
  shown: string;
  mask: string;
  /** Test ranges are not "valid" anywhere, so this is worth a warning and never a refusal. */
  known: boolean;
}

/**
 * Reads a number as a person types it; null where it cannot be a phone number at all.
 * The metadata is large, so it comes in a chunk of its own when the first number is read.
 */
export async function readMsisdn(typed: string, defaultCountry: string | null): Promise<ReadNumber | null> {
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/mobile');
  const parse = (text: string) =>
    parsePhoneNumberFromString(text, defaultCountry ? { defaultCountry: defaultCountry as CountryCode } : {});
  // People paste `0044…`, which is a country code only where 00 is the exit code; here it always is.
  const number = parse(typed.trim().replace(/^00/, '+'));
  if (!number?.isPossible() || !E164.test(number.number)) return null;

  const national = number
    .formatInternational()
    .slice(number.countryCallingCode.length + 1)
    .trim();
  const short = defaultCountry !== null && parse(national)?.number === number.number;
  return {
    e164: number.number,
    countries: countriesOf(number),
    callingCode: number.countryCallingCode,
    shown: short ? national : number.formatInternational(),
    mask: maskOf(number.countryCallingCode, number.nationalNumber),
    known: number.isValid(),
  };
}

/** What the background accepts. */
const E164 = /^\+[1-9]\d{4,14}$/;

/** A number outside every known range has no country of its own, but its calling code still has. */
function countriesOf(number: PhoneNumber): string[] {
  const possible = number.getPossibleCountries();
  return number.country ? [...new Set([number.country, ...possible])] : possible;
}

/** Country calling code and last three digits; fewer where three would be half of the number. */
export function maskOf(callingCode: string, national: string): string {
  return `+${callingCode} •••• •••${national.length < 7 ? '' : national.slice(-3)}`;
}

/** The calling code shown before the field, for a country of the profile. */
export async function callingCodeOf(country: string): Promise<string | null> {
  const { getCountryCallingCode, isSupportedCountry } = await import('libphonenumber-js/mobile');
  return isSupportedCountry(country as CountryCode) ? getCountryCallingCode(country as CountryCode) : null;
}
