import { describe, expect, test } from 'vitest';

import { observe } from '../../../extension/runner/observed.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const seen = (known: object) => observe({ userAgent: '', ...known } as Navigator);

describe('what the browser calls itself', () => {
  test.each([
    ['Google Chrome 156', ['Chromium', 'Google Chrome', 'Not.A/Brand']],
    ['Microsoft Edge 156', ['Not A(Brand', 'Microsoft Edge', 'Chromium']],
    ['Chromium 156', ['Chromium', 'Not;A=Brand']],
  ])('%s by its brands', (name, brands) => {
    const userAgentData = { brands: brands.map((brand) => ({ brand, version: '156' })) };
    expect(seen({ userAgentData, userAgent: CHROME }).browser).toBe(name);
  });

  test.each([
    ['Firefox 153', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'],
    ['Edg 120', `${CHROME} Edg/120.0.0.0`],
    ['Chrome 156', CHROME],
  ])('%s by its user agent, where it has no brands', (name, userAgent) => {
    expect(seen({ userAgent }).browser).toBe(name);
  });

  test('nothing where it says nothing: it is not guessed', () => {
    expect(seen({ userAgent: 'something else' })).toEqual({ browser: null, connection: null });
  });
});

test('the kind of connection, where the browser tells', () => {
  expect(seen({ connection: { type: 'wifi' } }).connection).toBe('wifi');
  expect(seen({ connection: {} }).connection).toBeNull();
});
