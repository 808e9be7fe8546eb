import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { readManagedBackend } from '../../../extension/runner/managed-backend.ts';
import { completeLine } from '../../../extension/ui/pairing-line.ts';

describe('an administrator’s policy', () => {
  test('names a backend, with the name people know it by', () => {
    const policy = { backendUrl: ' https://verify.example.com:8443/ ', backendName: ' QA lab ' };
    expect(readManagedBackend(policy)).toEqual({
      state: 'offered',
      url: 'https://verify.example.com:8443',
      name: 'QA lab',
    });
  });

  test.each([{}, { backendUrl: '' }, { backendName: 'a name alone' }])('%j chooses none', (policy) => {
    expect(readManagedBackend(policy)).toBeNull();
  });

  test.each(['http://127.0.0.1:8787', 'http://localhost:8787', 'http://[::1]:8787'])(
    '%s is plain http and stays on this machine',
    (backendUrl) => {
      expect(readManagedBackend({ backendUrl })).toEqual({ state: 'offered', url: backendUrl, name: null });
    },
  );

  test.each([
    ['plain http would show the key to the network', 'http://verify.example.com'],
    ['a path would be dropped', 'https://verify.example.com/number-verify'],
    ['a query would be dropped', 'https://verify.example.com/?team=qa'],
    ['no address', 'verify.example.com'],
    ['no web address', 'javascript:alert(1)'],
    ['no text', 8787],
    ['no text either', null],
  ])('%s: it is shown and not offered', (_why, backendUrl) => {
    expect(readManagedBackend({ backendUrl })).toEqual({ state: 'unusable', written: String(backendUrl) });
  });

  test('a name that is no text is left out, and a long one is cut', () => {
    const named = (backendName: unknown) =>
      readManagedBackend({ backendUrl: 'https://a.example', backendName });
    expect(named(7)).toMatchObject({ name: null });
    expect(named('n'.repeat(80))).toMatchObject({ name: 'n'.repeat(60) });
  });

  test('PR2: a key or a login in a policy is neither used nor shown', () => {
    const read = (backendUrl: string) => JSON.stringify(readManagedBackend({ backendUrl }));
    expect(read('https://verify.example.com/#nvi_0123456789abcdefghijkl')).not.toContain('0123456789');
    expect(read('https://qa:secret@verify.example.com')).not.toContain('secret');
  });

  test('the schema that Chromium checks a policy by has exactly what is read', () => {
    const { type, properties } = JSON.parse(readFileSync('extension/public/managed-schema.json', 'utf8'));
    expect(type).toBe('object');
    expect(Object.keys(properties)).toEqual(['backendUrl', 'backendName']);
  });
});

describe('what is typed beside an administrator’s backend', () => {
  const offered = 'https://verify.example.com';

  test('a key alone is for that backend', () => {
    expect(completeLine(' nvi_0123456789 ', offered)).toBe('https://verify.example.com/#nvi_0123456789');
  });

  test('a whole line leads where it says, and a key alone leads nowhere without a backend', () => {
    expect(completeLine(' http://127.0.0.1:8787/#nvi_0 ', offered)).toBe('http://127.0.0.1:8787/#nvi_0');
    expect(completeLine('nvi_0123456789', null)).toBe('nvi_0123456789');
  });
});
