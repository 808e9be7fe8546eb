import type { DeclarativeNetRequest } from 'webextension-polyfill';

import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { HostRule } from '#protocol/profile.ts';

import type { TabDecision } from './tab-ends.ts';

export interface Guarded {
  tabId: number;
  redirectUri: string;
  /** state as issued, by which our own answer is known wherever it goes. */
  state: string | null;
  hosts: readonly HostRule[];
}

/**
 * What the tab must not ask for, as the browser keeps it: in a tab nobody can be asked before each request. The first
 * rule is the promise that redirect_uri is never requested; the others are what `decideNext` refuses. Pure.
 */
export function guardRules({ tabId, redirectUri, state, hosts }: Guarded): DeclarativeNetRequest.Rule[] {
  const registered = new URL(redirectUri);
  const ourHost = escaped(registered.hostname);
  const known = hosts.map(({ pattern }) => pattern.replace(/^\*\./, ''));
  const conditions: Condition[] = [
    { urlFilter: callbackFilter(registered) },
    // Our host by another path, port, scheme or with a dot behind its name: no place for a code either.
    { regexFilter: `^https?://${ourHost}[.]?(:[0-9]+)?/[^#]*[?&](code|error)=` },
    { regexFilter: '^https?://[^/?#]*@' },
    ...(state === null
      ? []
      : [
          {
            regexFilter: `^http://[^#]*${withState('code', state)}`,
            excludedRequestDomains: LOOPBACK,
          },
          {
            regexFilter: `^https?://[^#]*${withState('(code|error)', state)}`,
            excludedRequestDomains: [...LOOPBACK, ...known],
          },
        ]),
  ];
  return conditions.map((condition, at) => ({
    id: at + 1,
    action: { type: 'block' },
    condition: {
      ...condition,
      isUrlFilterCaseSensitive: true,
      // A tab that is being closed may still be following a redirect, and is no tab any more for Chromium.
      tabIds: [tabId, -1],
      resourceTypes: ['main_frame'],
    },
  }));
}

/** Whether a rule keeps the tab from what was decided against, so that the tab may stay open until the browser says so. */
export function isGuardedAgainst(decision: Exclude<TabDecision, { kind: 'request' }>): boolean {
  return decision.kind === 'callback' ? /^https?:/.test(decision.url) : GUARDED.includes(decision.code);
}

const GUARDED: FailureCode[] = [
  'authorize.credentials_in_url',
  'authorize.code_over_http',
  'callback.wrong_redirect_uri',
];

type Condition = DeclarativeNetRequest.RuleConditionType;

/**
 * Exactly scheme, host, port and path, whatever query or fragment follows. `^` is the end or anything that ends a path
 * segment. A character that means something to the filter can only make it take more: `*` stands for itself too, `^` is
 * no letter, and `|` means nothing between two ends.
 */
export function callbackFilter({ protocol, host, pathname }: URL): string {
  return `|${protocol}//${host}${pathname}^`;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function withState(answer: string, state: string): string {
  const ours = `state=${escaped(state)}`;
  return `[?&](${answer}=[^#]*&${ours}|${ours}[^#]*&${answer}=)`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
