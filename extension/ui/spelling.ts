/** Numbers as a language writes them, and the form its words take beside them. */
export interface Spelling {
  count(count: number): string;
  /** `one` or `other` in English, more of them elsewhere. */
  form(count: number): Intl.LDMLPluralRule;
  /** `469 ms` below ten seconds, `12.3 s` above: a person compares hops in milliseconds. */
  ms(ms: number): string;
}

/** Making these costs more than using them a hundred times, and a page uses one language. */
const made = new Map<string, Spelling>();

export function spellingOf(language: string): Spelling {
  const known = made.get(language) ?? makeSpelling(language);
  made.set(language, known);
  return known;
}

function makeSpelling(language: string): Spelling {
  const numbers = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0, useGrouping: false });
  const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return {
    count: (count) => numbers.format(count),
    form: (count) => rules.select(count),
    // Symbols of units are the same in every language.
    ms: (ms) => (ms < 10_000 ? `${whole.format(ms)} ms` : `${tenths.format(ms / 1000)} s`),
  };
}

/** `3 December 2026`. */
export function dayWords(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(at);
}

/** `16:40:05`, for what is only seconds away. */
export function clockSeconds(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}

/** `16:40`, and the day as well where it is another one than now's. */
export function clockTime(language: string, at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(isToday ? {} : { weekday: 'short' }),
  }).format(at);
}
