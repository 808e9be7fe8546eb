import { describe, expect, test } from 'vitest';

import { seenProxy } from '../../../extension/runner/seen-proxy.ts';

const LOCAL = 'http://127.0.0.1:8787';
const direct = { seen: true, proxy: null };
const untold = { seen: true, proxy: undefined };
const proxied = { seen: true, proxy: 'http 10.0.0.1:3128' };
const HOST = 'he.operator.test';

describe('what a request of ours shows of a proxy (A44)', () => {
  test('the operator’s host, where it was asked', () => {
    expect(seenProxy(LOCAL, direct, HOST, proxied)).toEqual({
      outcome: 'proxied',
      host: HOST,
      via: 'http 10.0.0.1:3128',
    });
    expect(seenProxy(LOCAL, direct, HOST, direct)).toEqual({ outcome: 'none', host: HOST, via: null });
  });

  test('a backend on this machine goes past every proxy, so that it went through none is no proof', () => {
    for (const backend of [LOCAL, 'http://localhost:8787', 'http://[::1]:8787'])
      expect(seenProxy(backend, direct, null, null).outcome).toBe('exempt');
    expect(seenProxy(LOCAL, direct, HOST, { seen: false, proxy: null })).toMatchObject({
      outcome: 'exempt',
      host: '127.0.0.1',
    });
    expect(seenProxy('https://verify.example', direct, null, null).outcome).toBe('none');
  });

  test('a browser that does not tell is said not to, and a proxy before this machine is one all the same', () => {
    expect(seenProxy(LOCAL, untold, HOST, untold).outcome).toBe('not_told');
    expect(seenProxy(LOCAL, untold, null, null).outcome).toBe('not_told');
    expect(seenProxy(LOCAL, proxied, null, null).outcome).toBe('proxied');
  });
});
