import { beginRun } from '#protocol/begin-run.ts';
import { foreignProfile } from '#protocol/imports/foreign-profile.ts';
import type { HostRule } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactText } from '#protocol/redact.ts';
import type { Run } from '#protocol/run.ts';

import { beganAt } from './began-at.ts';

/** The record of a pasted URL, before anything was asked. Redacted from the start, like every record (PR3). */
export function inspectedRecord(url: URL, pseudonyms: Pseudonyms, now: Date): Run {
  const profile = {
    ...foreignProfile(url.href, pseudonyms),
    id: 'inspected',
    name: redactText(url.host, pseudonyms).slice(0, 80),
    hosts: hostsOf(url),
  };
  return beginRun(
    {
      id: crypto.randomUUID(),
      ownerId: 'inspected',
      profile,
      capture: 'fetch',
      origin: isReserved(url.hostname) ? 'simulated' : 'live',
      scenario: null,
      ...beganAt(now),
      number: null,
      correlationId: '',
      conditions: {},
      expectation: 'match',
    },
    'not_run',
  );
}

/** Names that no operator has: kept for tests and documents (RFC 6761 §6). */
function isReserved(hostname: string): boolean {
  return /(^|\.)(test|example|localhost|invalid)$/.test(hostname) || /^(127\.|\[::1\])/.test(hostname);
}

/**
 * No profile says who belongs to the operator, so the domain of the pasted URL does: below it a hop's shape may tell its role.
 * It is a guess, and gives no permission to anyone.
 */
export function hostsOf({ hostname }: URL): HostRule[] {
  if (!/^[a-z0-9.-]+$/.test(hostname)) return [];
  const labels = hostname.split('.');
  const isName = labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? '');
  const isDeep = labels.length > 2 && labels.at(-1)?.length === 2 && (labels.at(-2)?.length ?? 0) <= 3;
  const pattern = isName ? `*.${labels.slice(isDeep ? -3 : -2).join('.')}` : hostname;
  return [{ pattern, role: 'unknown', scheme: 'either' }];
}
