import browser from 'webextension-polyfill';
import type { GeneratedI18nStructure } from '#i18n';

import { spellingOf } from './spelling.ts';
import { say } from './words.ts';

/** A message that comes in the forms its language has for numbers: `one` and `other` in English, more elsewhere. */
type Counted = keyof GeneratedI18nStructure extends infer Key
  ? Key extends `${infer Name}.other`
    ? Name
    : never
  : never;

/** `2,431` */
export function spellCount(count: number): string {
  return ours().count(count);
}

/** The words for so many of something: `$1` is the number, what follows fills `$2` and on. */
export function sayCount(name: Counted, count: number, more: readonly string[] = []): string {
  const given = [spellCount(count), ...more];
  const inForm = (form: string) => browser.i18n.getMessage(`${name}.${form}`.replaceAll('.', '_'), given);
  return inForm(ours().form(count)) || inForm('other');
}

/** `469 ms`, `12.3 s` */
export function spellMs(ms: number): string {
  return ours().ms(ms);
}

function ours() {
  return spellingOf(say('language'));
}
