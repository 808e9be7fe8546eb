import { expect, test } from 'vitest';

import { metHttpHost } from '../../../extension/runner/met-http-host.ts';
import { hopOf, profileAt } from '../../support/fixtures.ts';

const known = { pattern: '*.operator.test', role: 'gateway', scheme: 'either' } as const;
const profile = profileAt('https://api.operator.test', {
  hosts: [known],
  redirectUri: 'https://app.operator.test/callback',
});
const met = (...urls: string[]) =>
  metHttpHost(
    profile,
    urls.map((url) => hopOf({ url })),
  );

test('the host that a run was led to over plain http is known to the next one (A15)', () => {
  expect(met('https://api.operator.test/', 'http://he.operator.test/identify?ticket=‹ticket:1›')).toBe(
    'he.operator.test',
  );
  expect(met('https://api.operator.test/')).toBeNull();
});

test('a name with something redacted in it is no name (PR3)', () => {
  expect(met('http://‹host:1›.operator.test/')).toBeNull();
});

test('a stranger, this machine and redirect_uri’s host are not asked beforehand (PR1, PR9)', () => {
  expect(
    met('http://elsewhere.test/', 'http://127.0.0.1:8080/', 'http://app.operator.test/other'),
  ).toBeNull();
  expect(
    metHttpHost({ ...profile, hosts: [{ ...known, role: 'callback' }] }, [
      hopOf({ url: 'http://he.operator.test/' }),
    ]),
  ).toBeNull();
});
