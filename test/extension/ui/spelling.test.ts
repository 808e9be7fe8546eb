import { describe, expect, test } from 'vitest';

import { spellingOf } from '../../../extension/ui/spelling.ts';
import { pseudo, pseudoMessages } from '../../support/pseudo-words.ts';

describe('numbers', () => {
  test('are written as the language writes them, milliseconds where they matter', () => {
    const { count, ms } = spellingOf('en');
    expect([count(1), count(2431), ms(0.4), ms(469.2), ms(12_345)]).toEqual([
      '1',
      '2,431',
      '0 ms',
      '469 ms',
      '12.3 s',
    ]);
    expect([spellingOf('de').count(2431), spellingOf('de').ms(12_345)]).toEqual(['2.431', '12,3 s']);
  });

  test('take the form of words that the language has for them, not only one and many', () => {
    const forms = (language: string) => [0, 1, 2, 5].map((count) => spellingOf(language).form(count));
    expect(forms('en')).toEqual(['other', 'one', 'other', 'other']);
    expect(forms('pl')).toEqual(['many', 'one', 'few', 'many']);
    expect(forms('ar')).toEqual(['zero', 'one', 'two', 'few']);
  });
});

describe('the language that nobody speaks', () => {
  test('marks every letter, makes words 40 % longer and leaves fillings alone', () => {
    expect(pseudo('Run $1 of $2')).toBe('⟦Ŕûñ~~ $1 öƒ~ $2⟧');
    const every = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    expect(pseudo(every)).not.toMatch(/[A-Za-z]/);
    expect(new Set(pseudo(every)).size).toBe(52 + 3);
  });

  test('is a language to Intl as well', () => {
    const messages = pseudoMessages({ language: { message: 'en' }, app_name: { message: 'Name' } });
    expect(messages.language?.message).toBe('en-XA');
    expect(spellingOf('en-XA').form(1)).toBe('one');
  });
});
