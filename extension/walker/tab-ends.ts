import { failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';

import type { Decision } from './decide-next.ts';
import type { End } from './record-walk.ts';
import type { TabRecord } from './tab-record.ts';

/** A walk that knows its redirect_uri asks nobody where the chain ends. */
export type TabDecision = Exclude<Decision, { kind: 'ask' }>;

/** The ways in which a chain in a tab ends, each at the hop where it stands. */
export function tabEnds(hops: TabRecord) {
  // Where a redirect leads is known before its hop is over.
  const at = () => ({ hop: hops.count() + (hops.isOpen() ? 1 : 0) || null });
  const refused = (code: FailureCode, url: string | null): End => ({
    kind: 'refused',
    url,
    failure: failureOf(code, at()),
  });
  return {
    refused,
    errorOf: (code: FailureCode): End => ({ kind: 'error', url: hops.url(), failure: failureOf(code, at()) }),
    cancelled(byClosing: boolean): End {
      const end = { kind: 'cancelled', url: hops.url(), failure: null } as const;
      return byClosing ? { ...end, by: 'tab_closed' } : end;
    },
    endOf: (decision: Exclude<TabDecision, { kind: 'request' }>, url: string): End =>
      decision.kind === 'callback'
        ? { kind: 'callback', url: decision.url, failure: null }
        : refused(decision.code, url),
  };
}
