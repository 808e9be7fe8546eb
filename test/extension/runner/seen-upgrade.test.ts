import { describe, expect, test } from 'vitest';

import { isLoopback, upgradeOf } from '../../../extension/runner/seen-upgrade.ts';

const stayed = { seen: true, upgraded: false };
const upgraded = { seen: true, upgraded: true };
const unseen = { seen: false, upgraded: false };
const LOCAL = 'http://127.0.0.1:8787';

describe('what a test of the http hop proves', () => {
  test('the host that was asked, where one was', () => {
    expect(upgradeOf(LOCAL, stayed, 'he.operator.test', stayed)).toEqual({
      outcome: 'stayed',
      host: 'he.operator.test',
    });
    expect(upgradeOf(LOCAL, stayed, 'he.operator.test', upgraded).outcome).toBe('upgraded');
  });

  test('loopback is exempt, so that it stayed http is no proof', () => {
    expect(upgradeOf(LOCAL, stayed, null, null)).toEqual({ outcome: 'exempt', host: '127.0.0.1' });
    expect(upgradeOf('https://verify.example', stayed, 'he.localhost', null).outcome).toBe('exempt');
  });

  test('a backend that speaks http under a name is a test of its own', () => {
    expect(upgradeOf('http://verify.lan:8787', upgraded, null, null)).toEqual({
      outcome: 'upgraded',
      host: 'verify.lan',
    });
    expect(upgradeOf('http://verify.lan:8787', unseen, null, null).outcome).toBe('not_tried');
    expect(upgradeOf('https://verify.lan', stayed, null, null)).toEqual({ outcome: 'not_tried', host: null });
  });

  test.each(['localhost', 'he.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])('%s is this machine', (host) =>
    expect(isLoopback(host)).toBe(true),
  );

  test.each(['localhost.example', 'notlocalhost', '128.0.0.1', '[::2]'])('%s is not', (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});
