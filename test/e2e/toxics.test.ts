import { describe, expect, onTestFinished, test } from 'vitest';

import { DEFAULT_LIMITS } from '../../protocol/profile.ts';
import { chainStage, FAULT, type Fault } from '../support/chain-stage.ts';

const stage = chainStage();

const BROKEN = ['authorize.reset', 'connection_broken', 'network'] as const;
const REFUSED = ['authorize.connect', 'connection_refused'] as const;
const TLS = ['authorize.tls', 'tls_broken', 'operator'] as const;

const TOXICS: Fault[] = [
  ['A33', 'host-unknown', 'authorize.dns', 'name_not_found', 'network', [302, 302, null]],
  ['A34', 'toxic-down', ...REFUSED, 'network', [302, null]],
  ['A34', 'enrichment-down', ...REFUSED, 'network', [302, 302, null]],
  ['A34', 'host-refuses', ...REFUSED, 'network', [302, 302, null]],
  ['A34', 'toxic-reset', ...BROKEN, [302, null]],
  ['A34', 'toxic-limit', ...BROKEN, [302, null]],
  ['A34', 'hop-drops', ...BROKEN, [302, null]],
  ['A34', 'enrichment-resets', ...BROKEN, [302, 302, null]],
  ['A35', 'port-blocked', ...REFUSED, 'operator', [302, 302, null]],
  ['A36', 'tls-absent', ...TLS, [302, 302, null]],
  ['A36', 'tls-untrusted', ...TLS, [302, 302, null]],
  ['A36', 'tls-refused', ...TLS, [302, 302, null]],
  ['A40', 'headers-too-large', 'authorize.reset', 'operator_breaks_protocol', 'operator', [302, null]],
  ['A41', 'cookies-cleared', 'authorize.server_error', 'cookie_not_returned', 'operator'],
];

const NEVER = ['authorize.timeout_hop', 'hop_never_answered'] as const;
const HANGS: Fault = ['A37', 'hop-hangs', ...NEVER, 'network', [302, 302, null]];
const SILENT: Fault[] = [
  ['A37', 'toxic-hang', ...NEVER, 'operator', [302, null]],
  HANGS,
  ['A38', 'headers-dripped', ...NEVER, 'operator', [302, null]],
];
/** Shorter than the product allows, so that the waits do not add up; long for the hops before, which answer. */
const SHORT_MS = 2500;

test.each(TOXICS)(FAULT, async (...fault) => {
  await stage.playFault(fault);
});

describe('a hop that does not answer ends at its deadline, whatever drips out of it', () => {
  async function endsAfter(hopMs: number, fault: Fault): Promise<void> {
    stage.allowHop(hopMs);
    onTestFinished(() => stage.allowHop(DEFAULT_LIMITS.hopMs));
    const { hops } = await stage.playFault(fault);
    expect(hops.at(-1)?.error?.code).toBe('timeout');
    expect(hops.at(-1)?.durationMs).toBeGreaterThanOrEqual(hopMs);
  }

  test.each(SILENT)(FAULT, (...fault) => endsAfter(SHORT_MS, fault));

  test('which is 10 s after it was asked, as the product allows it (A37)', () => {
    expect(DEFAULT_LIMITS.hopMs).toBe(10_000);
    return endsAfter(DEFAULT_LIMITS.hopMs, HANGS);
  });
});

describe('an answer that only comes oddly is an answer', () => {
  test('toxic-latency takes its time and is followed', async () => {
    const { hops } = await stage.playOdd('toxic-latency');
    expect(hops[1]?.durationMs).toBeGreaterThanOrEqual(500);
  });

  test.each(['toxic-bandwidth', 'toxic-slow-close', 'toxic-slice'])('%s is followed', async (name) => {
    await stage.playOdd(name);
  });
});
