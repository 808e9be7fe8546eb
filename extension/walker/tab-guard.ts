import type { FailureCode } from '#protocol/failure-catalogue.ts';

import type { TabDecision } from './tab-ends.ts';
import type { WalkTools } from './walk-chain.ts';

export interface TabGuard {
  /** Whether a rule keeps the tab from what was decided against, so that it may stay open until the browser says so. */
  keepsFrom(decision: Exclude<TabDecision, { kind: 'request' }>, url: string): Promise<boolean>;
  /** What must be allowed for the walk to go on from where it is, and is not any more. */
  lost(at: string): Promise<URL | null>;
}

/** How far the rules of a tab hold: not where the extension has no permission (docs/facts.md). */
export function openTabGuard(redirectUri: string, isPermitted: WalkTools['isPermitted']): TabGuard {
  return {
    keepsFrom: async (decision, url) =>
      (decision.kind === 'callback' ? isOnTheWeb(new URL(url)) : GUARDED.includes(decision.code)) &&
      isPermitted(new URL(url)),
    async lost(at) {
      const here = URL.parse(at);
      for (const url of [...onTheWeb(redirectUri), ...(here ? [here] : [])])
        if (!(await isPermitted(url))) return url;
      return null;
    },
  };
}

const GUARDED: FailureCode[] = [
  'authorize.credentials_in_url',
  'authorize.code_over_http',
  'callback.wrong_redirect_uri',
];

/** An app's own scheme needs no permission, and no rule: a browser asks no host there. */
export function onTheWeb(redirectUri: string): URL[] {
  return [new URL(redirectUri)].filter(isOnTheWeb);
}

function isOnTheWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}
