import type { DeclarativeNetRequest } from 'webextension-polyfill';

import type { HostRule } from '#protocol/profile.ts';

export interface Guarded {
  tabId: number;
  redirectUri: string;
  /** state as issued, by which our own answer is known wherever it goes. */
  state: string | null;
  hosts: readonly HostRule[];
}

/**
 * What the tab must not ask for, as the browser keeps it: in a tab nobody can be asked before each request. The first
 * rule is the promise that redirect_uri is never requested; those after it are what `decideNext` refuses, and all of them
 * hold for frames, images and scripts of a page, too. The last keep the answer of this run from redirect_uri's host
 * wherever a page takes it: to a tab that it opened, or by a worker of its own. Pure.
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
    ...withState('code', state).map((answer) => ({
      regexFilter: `^http://[^#]*${answer}`,
      excludedRequestDomains: LOOPBACK,
    })),
    ...withState('(code|error)', state).map((answer) => ({
      regexFilter: `^https?://[^#]*${answer}`,
      excludedRequestDomains: [...LOOPBACK, ...known],
    })),
  ];
  const answers = withState('(code|error)', state).map(
    (answer): Condition => ({ regexFilter: `^https?://${ourHost}[.]?(:[0-9]+)?/[^#]*${answer}` }),
  );
  return [
    // A tab that is being closed may still be following a redirect, and is no tab any more for Chromium.
    ...conditions.map((one) => ({ ...one, ...PAGES, tabIds: [tabId, -1] })),
    ...conditions.map((one) => ({ ...one, tabIds: [tabId] })),
    ...answers.flatMap((one) => [{ ...one, ...PAGES }, one]),
  ].map((condition, at) => ({
    id: at + 1,
    action: { type: 'block' },
    condition: { ...condition, isUrlFilterCaseSensitive: true },
  }));
}

/** A rule that names no types is about all others. */
const PAGES: Condition = { resourceTypes: ['main_frame'] };

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

/** An answer with our state, in either order: both in one expression are more than Chromium has room for. */
function withState(answer: string, state: string | null): string[] {
  if (state === null) return [];
  const ours = `state=${escaped(state)}`;
  return [`[?&]${answer}=[^#]*&${ours}`, `[?&]${ours}[^#]*&${answer}=`];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
