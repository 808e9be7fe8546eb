import browser from 'webextension-polyfill';
import { type GeneratedI18nStructure, i18n } from '#i18n';
import type { Cause, CauseCode } from '#protocol/diagnosis/cause.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { LintFinding } from '#protocol/lint/finding.ts';

/** The keys whose sentence takes so many fillings. */
type Taking<Count extends number> = {
  [Key in keyof GeneratedI18nStructure]: GeneratedI18nStructure[Key] extends { substitutions: Count }
    ? Key
    : never;
}[keyof GeneratedI18nStructure];

/** What the library's own type says, with the keys sorted once: sorted anew at each call they take the compiler half a minute. */
interface Say {
  (key: Taking<0>): string;
  (key: Taking<1>, fillings: [string]): string;
  (key: Taking<2>, fillings: [string, string]): string;
}

/** The words under a key of `locales/`; a wrong key does not compile, nor does a wrong number of fillings. */
export const say = i18n.t as Say;

/** Words for a name that comes from outside a closed list, such as a check this version does not know. */
export function sayOr(key: string, otherwise: string): string {
  return browser.i18n.getMessage(key.replaceAll('.', '_')) || otherwise;
}

/** `token.invalid_grant` is kept under `token_invalid_grant`: a browser's message names know no dots. */
export function failureWords(code: FailureCode): string {
  return say(`failure.${code.replace('.', '_') as Dotless<FailureCode>}`);
}

export function causeWords(code: CauseCode): { title: string; what: string } {
  return { title: say(`cause.${code}.title`), what: say(`cause.${code}.what`) };
}

/** What to do now, as the diagnosis says; without one, what always helps. */
export function cureWords(cause: Cause | null): string {
  return say(`cure.${cause?.cure ?? 'report_trace_id'}`);
}

export function checkWords(name: string): string {
  return sayOr(`check.${name}`, name.replaceAll('_', ' '));
}

/** What was found in a URL and what to do about it. Sentences of one list take different numbers of fillings, which `say` cannot know. */
export function lintWords({ code, given }: LintFinding): { what: string; cure: string } {
  const filled = (key: string) => browser.i18n.getMessage(key.replaceAll('.', '_'), [...given]);
  return { what: filled(`lint.${code}.what`), cure: filled(`lint.${code}.do`) };
}

type Dotless<Code extends string> = Code extends `${infer Area}.${infer Reason}` ? `${Area}_${Reason}` : Code;
