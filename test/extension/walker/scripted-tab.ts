import type { TabTraffic } from '../../../extension/walker/hop-traffic.ts';
import type { TabEvent, TrafficEvent } from '../../../extension/walker/traffic-event.ts';
import type { TabTools } from '../../../extension/walker/walk-tab.ts';

/** A tab as the walker knows it, and the words in which a browser tells what happens in it. */
export interface ScriptedTab {
  tools: { tabTraffic: TabTraffic } & Pick<TabTools, 'openTab' | 'onRevoked'>;
  /** Where it was sent; nothing is asked for until the test says so. */
  wentTo: string[];
  /** What the browser was told to keep it from. */
  rules: ReturnType<Parameters<TabTools['openTab']>[0]>;
  isOpen(): boolean;
  isWatched(): boolean;
  asks(url: string, request?: string): void;
  redirects(url: string, to: string, request?: string): void;
  showsPage(url: string, request?: string): void;
  fails(url: string, error: string, request?: string): void;
  happens(what: 'closed' | 'out_of_sight'): void;
  /** A permission is taken back; which one is what the tools say then. */
  revokes(): void;
}

const IP = { ip: '192.0.2.1', fromCache: false };

/** `gone`: when the browser has put away a tab that was told to close. */
export function scriptTab(gone: Promise<void> = Promise.resolve()): ScriptedTab {
  let open = false;
  let heard: ((event: TabEvent) => void) | null = null;
  let happens: ScriptedTab['happens'] = () => undefined;
  const onRevoked = new Set<() => void>();
  const says = (requestId: string, url: string, ...all: TrafficEvent[]) => {
    for (const what of all) heard?.({ requestId, url, method: 'GET', what });
  };
  const asked = (url: string): TrafficEvent[] => [
    { kind: 'asked', url },
    { kind: 'sending', headers: [] },
  ];

  const tab: ScriptedTab = {
    tools: {
      tabTraffic: {
        claimTab(_, listener) {
          heard = listener;
          return {
            abandon() {
              heard = null;
            },
          };
        },
      },
      onRevoked(listener) {
        onRevoked.add(listener);
        return () => void onRevoked.delete(listener);
      },
      async openTab(rulesFor) {
        open = true;
        tab.rules = rulesFor(7);
        return {
          id: 7,
          go: async (url) => {
            tab.wentTo.push(url);
          },
          title: async () => 'Your consent',
          watch(seen) {
            happens = seen;
          },
          close() {
            open = false;
            return gone;
          },
        };
      },
    },
    wentTo: [],
    rules: [],
    isOpen: () => open,
    isWatched: () => heard !== null,
    asks: (url, request = '1') => says(request, url, ...asked(url)),
    redirects(url, to, request = '1') {
      const headers = [{ name: 'Location', value: to }];
      const answer: TrafficEvent = { kind: 'answered', status: 302, headers };
      says(request, url, ...asked(url), answer, { kind: 'redirecting', status: 302, to, headers, ...IP });
    },
    showsPage(url, request = '1') {
      const headers = [{ name: 'Content-Type', value: 'text/html' }];
      const answer: TrafficEvent = { kind: 'answered', status: 200, headers };
      says(request, url, ...asked(url), answer, { kind: 'completed', status: 200, ...IP });
    },
    fails: (url, error, request = '1') => says(request, url, { kind: 'failed', error }),
    happens: (what) => happens(what),
    revokes() {
      for (const listener of onRevoked) listener();
    },
  };
  return tab;
}
