import { describe, expect, test } from 'vitest';

import { readProbe } from '../../../extension/walker/probe.ts';
import type { TrafficEvent } from '../../../extension/walker/traffic-event.ts';

const PLAIN = 'http://he.operator.test/';
const SECURE = 'https://he.operator.test/';
const asked: TrafficEvent = { kind: 'asked', url: PLAIN };
const redirecting = (to: string, status: number): TrafficEvent => ({
  kind: 'redirecting',
  status,
  to,
  ip: null,
  fromCache: false,
  headers: [],
});
const answered: TrafficEvent = { kind: 'answered', status: 302, headers: [] };

describe('what a request of ours shows of the browser', () => {
  test('https before the network said anything is the browser’s own doing, 307 in Chromium and no status in Firefox', () => {
    expect(readProbe(PLAIN, [asked, redirecting(SECURE, 307)]).upgraded).toBe(true);
    expect(readProbe(PLAIN, [asked, redirecting(SECURE, 0)]).upgraded).toBe(true);
  });

  test('a server that redirects to https is no upgrade by the browser', () => {
    expect(readProbe(PLAIN, [asked, answered, redirecting(SECURE, 302)]).upgraded).toBe(false);
  });

  test('a request that failed as http was not upgraded', () => {
    expect(readProbe(PLAIN, [asked, { kind: 'failed', error: 'net::ERR_CONNECTION_REFUSED' }])).toEqual({
      seen: true,
      upgraded: false,
      proxy: undefined,
      ip: null,
    });
  });

  test('nothing heard is nothing seen', () => {
    expect(readProbe(PLAIN, []).seen).toBe(false);
  });

  test('a proxy is known only where the browser tells', () => {
    const sending = { kind: 'sending', headers: [] } as const;
    expect(readProbe(PLAIN, [{ ...sending, headers: [] }]).proxy).toBeUndefined();
    expect(readProbe(PLAIN, [{ ...sending, headers: [], proxy: null }]).proxy).toBeNull();
    expect(readProbe(PLAIN, [{ ...sending, headers: [], proxy: 'socks 127.0.0.1:9' }]).proxy).toBe(
      'socks 127.0.0.1:9',
    );
  });
});
