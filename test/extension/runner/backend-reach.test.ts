import { expect, test } from 'vitest';

import { reachOf } from '../../../extension/runner/backend-reach.ts';
import { isPhone } from '../../../extension/runner/observed.ts';

test.each([
  ['http://127.0.0.1:8787', null, 'here'],
  ['http://nv.localhost:8787', null, 'here'],
  ['http://[::1]:8787', null, 'here'],
  ['https://verify.example', '127.0.0.1', 'here'],
  ['https://10.1.2.3', null, 'private'],
  ['https://172.16.0.9', null, 'private'],
  ['https://172.32.0.9', null, 'public'],
  ['https://192.168.1.7:8443', null, 'private'],
  ['https://100.64.0.1', null, 'private'],
  ['https://[fd00::7]', null, 'private'],
  ['https://[2001:db8::7]', null, 'public'],
  ['https://203.0.113.9', null, 'public'],
  ['https://verify.example', '10.0.0.7', 'private'],
  ['https://verify.example', 'fe80::1', 'private'],
  ['https://verify.example', '203.0.113.9', 'public'],
  ['https://verify.example', null, 'not_known'],
  ['https://verify', null, 'private'],
  ['https://nas.local', null, 'private'],
  ['https://verify.intranet', null, 'private'],
] as const)('a backend at %s that answers from %s is %s', (url, ip, reach) => {
  expect(reachOf(url, ip)).toBe(reach);
});

test('a phone is known by what its browser says of itself', () => {
  const of = (userAgent: string, mobile?: boolean) =>
    isPhone({ userAgent, ...(mobile === undefined ? {} : { userAgentData: { mobile } }) } as Navigator);
  expect(of('Mozilla/5.0 (Android 16; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0')).toBe(true);
  expect(of('Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0')).toBe(false);
  expect(of('Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0', false)).toBe(false);
});
