import { describe, expect, test } from 'vitest';

import {
  chosenFor,
  initialForm,
  isSimulated,
  withProfile,
  withScenario,
} from '../../../extension/ui/form/form-state.ts';
import { isLoopbackPattern, originOfLine } from '../../../extension/ui/pairing-line.ts';
import { liveDe, liveUk, simulated } from './profile-fixtures.ts';

const profiles = [simulated, liveUk, liveDe];
const settings = {
  backend: null,
  access: null,
  lastForm: null,
  rememberedNumber: null,
  refusedHosts: [],
  conditions: null,
  chosenExpectation: null,
  cleanStart: 'received' as const,
  receivedCookies: {},
  httpHosts: {},
};
const first = (known: object = {}) => initialForm({ profiles, settings, sessionNumber: null, ...known });

describe('the form as it opens', () => {
  test('with a simulated profile brings its scenario and number', () => {
    expect(first()).toEqual({
      profileId: 'simulated-operator',
      scenario: 'match',
      number: '+447700900907',
      remember: false,
      capture: 'fetch',
    });
  });

  test('comes back as it was last sent', () => {
    const lastForm = { profileId: 'vodafone-de', scenario: null };
    const form = first({ settings: { ...settings, lastForm }, sessionNumber: '+4915123456789' });
    expect(form).toMatchObject({ profileId: 'vodafone-de', scenario: null, number: '+4915123456789' });
  });

  test('walks as it was last sent, unless another way was offered for one run', () => {
    const lastForm = { profileId: 'vodafone-uk', scenario: null, capture: 'tab' as const };
    expect(first({ settings: { ...settings, lastForm } })?.capture).toBe('tab');
    expect(first({ once: 'tab' })?.capture).toBe('tab');
    expect(first({ settings: { ...settings, lastForm }, once: null })?.capture).toBe('tab');
  });

  test('falls back where the backend has lost the profile or the scenario', () => {
    expect(
      first({ settings: { ...settings, lastForm: { profileId: 'gone', scenario: 'gone' } } })?.scenario,
    ).toBe('match');
    expect(first({ profiles: [] })).toBeNull();
  });

  test('prefers the number the person had remembered, and never offers a simulated one on a live profile', () => {
    const lastForm = { profileId: 'vodafone-uk', scenario: null };
    const remembered = { ...settings, lastForm, rememberedNumber: '+447912345907' };
    expect(first({ settings: remembered, sessionNumber: '+447700900907' })).toMatchObject({
      number: '+447912345907',
      remember: true,
      capture: 'fetch',
    });
    expect(first({ settings: { ...settings, lastForm }, sessionNumber: '+447700900907' })?.number).toBe('');
  });
});

describe('choosing', () => {
  const form = first();
  if (!form) throw new Error('there is a form');

  test('a scenario brings its number', () => {
    expect(withScenario(form, simulated, 'no-match')).toMatchObject({
      scenario: 'no-match',
      number: '+447700900912',
    });
    expect(withScenario(form, simulated, 'gone')).toEqual(form);
  });

  test('a live profile drops the simulated number and keeps a real one in full', () => {
    expect(withProfile(form, liveUk, '+447700900907', profiles)).toMatchObject({
      scenario: null,
      number: '',
    });
    expect(withProfile(form, liveDe, '+447912345907', profiles).number).toBe('+447912345907');
  });

  test('an expectation is for the profile and scenario it was set for', () => {
    const chosen = { profileId: 'simulated-operator', scenario: 'match', expectation: 'no_match' } as const;
    expect(chosenFor(form, chosen)).toBe('no_match');
    expect(chosenFor(withScenario(form, simulated, 'no-match'), chosen)).toBeNull();
    expect(chosenFor(withProfile(form, liveUk, null, profiles), chosen)).toBeNull();
    expect(chosenFor(form, null)).toBeNull();
  });

  test('simulated numbers are known as such', () => {
    expect(isSimulated('+447700900912', profiles)).toBe(true);
    expect(isSimulated('+447912345907', profiles)).toBe(false);
  });
});

test('only a backend that is not on loopback needs a permission', () => {
  const origins = [
    'http://127.0.0.1:8787/#k',
    ' http://localhost:1/#k',
    'http://a.localhost/#k',
    'http://[::1]:8/#k',
  ].map(originOfLine);
  expect(origins.every((origin) => origin !== null && isLoopbackPattern(origin))).toBe(true);
  expect(originOfLine('https://verify.example.org:8443/#k')).toBe('https://verify.example.org/*');
  expect(isLoopbackPattern('https://verify.example.org/*')).toBe(false);
  expect(isLoopbackPattern('http://127.0.0.1.example.org/*')).toBe(false);
  expect([originOfLine(''), originOfLine('ftp://x/#k'), originOfLine('nonsense')]).toEqual([
    null,
    null,
    null,
  ]);
});
