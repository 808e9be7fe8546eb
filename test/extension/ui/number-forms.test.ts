import { describe, expect, test } from 'vitest';

import type { HashDoctor, Run } from '#protocol/run.ts';

import { doctorState, hasDoctor } from '../../../extension/ui/doctor/doctor-state.ts';
import { numberForms } from '../../../extension/ui/doctor/number-forms.ts';
import { moments } from './moments.ts';
import { simulated } from './profile-fixtures.ts';

const { run } = moments.noMatch;
const answersOf = (known: Partial<Run>) =>
  numberForms({ ...run, ...known }).map(({ name, answer }) => `${name} ${answer}`);
const asked = (form: HashDoctor['form'], verified: boolean | null): HashDoctor => ({ form, verified, at: 1 });
const plain = { profile: { ...simulated, hash: 'plain' as const } };

describe('the ways a number is written', () => {
  test('never show more of it than its mask does, and are all different', () => {
    const shown = numberForms(run).map((form) => form.shown);
    expect(new Set(shown).size).toBe(5);
    for (const one of shown) expect(one.replaceAll(/[•\s()+]/g, '')).toMatch(/^(00|0)?(44)?907$/);
  });

  test('a mask without last digits, of a short number, is written without them', () => {
    const short = numberForms({ ...run, number: { mask: '+299 •••• •••', country: 'GL' } });
    expect(short[0]?.shown).toBe('+299•••••••');
  });

  test('without a number there are none', () => {
    expect(numberForms({ ...run, number: null })).toEqual([]);
  });

  test.each([
    [{}, ['plus no', 'plain null']],
    [{ hashDoctor: asked('plain', true) }, ['plus no', 'plain yes']],
    [{ hashDoctor: asked('plain', false) }, ['plus no', 'plain no']],
    [{ hashDoctor: asked('plain', null) }, ['plus no', 'plain none']],
    [plain, ['plus null', 'plain no']],
    [{ ...plain, hashDoctor: asked('plus', true) }, ['plus yes', 'plain no']],
  ] as [Partial<Run>, string[]][])('%j is answered as %j', (known, expected) => {
    expect(answersOf(known).slice(0, 2)).toEqual(expected);
    expect(answersOf(known).slice(2)).toEqual(['zeros null', 'national null', 'spaces null']);
  });
});

describe('whether the second question can be asked', () => {
  test('only of a "no" about a number that is known', () => {
    expect(hasDoctor(run)).toBe(true);
    expect(hasDoctor({ ...run, number: null })).toBe(false);
    for (const verdict of ['match', 'failed', 'unknown', 'cancelled', 'interrupted', null] as const)
      expect(hasDoctor({ ...run, verdict })).toBe(false);
  });

  test('for five minutes after the end, once, and where the profile allows it', () => {
    expect(doctorState({ ...run, endedAt: 1000 })).toEqual({ kind: 'askable', until: 301_000 });
    expect(doctorState({ ...run, profile: { ...run.profile, hashDoctor: false } }).kind).toBe('not_allowed');
    expect(doctorState({ ...run, hashDoctor: asked('plain', null) })).toMatchObject({
      kind: 'answered',
      verified: null,
    });
  });
});
