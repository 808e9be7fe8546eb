import { guardRules } from './guard-rules.ts';
import type { TabTraffic } from './hop-traffic.ts';
import { openMailbox } from './mailbox.ts';
import { type Chain, type End, recordWalk } from './record-walk.ts';
import { openTabChain, type TabHappening } from './tab-chain.ts';
import { onTheWeb } from './tab-guard.ts';
import { gate, type Walk, type WalkResult, type WalkTools } from './walk-chain.ts';
import type { WalkedTab } from './walked-tab.ts';

/** In a tab the address to be kept from has to be known. */
export interface TabWalk extends Walk {
  profile: Walk['profile'] & { redirectUri: string };
}

/** What the walk in a tab needs beside what every walk needs. */
export interface TabTools extends WalkTools {
  tabTraffic: TabTraffic;
  openTab(rulesFor: (tabId: number) => ReturnType<typeof guardRules>): Promise<WalkedTab>;
  /** Hears when a permission was taken back, until what it returns is called. */
  onRevoked(heard: () => void): () => void;
  /** The tab shows a page, and a person has until then (UTC ms) to do something about it; null once the chain goes on. */
  waitForPerson(page: { host: string; tabId: number; until: number } | null): void;
}

/**
 * Leg 1 in a real tab, for chains with a page in them: the browser follows redirects, scripts and persons, and is watched
 * doing it. It is kept from redirect_uri by rules of its own, and the tab is closed as soon as the chain leads there.
 */
export async function walkTab(walk: TabWalk, tools: TabTools): Promise<WalkResult> {
  let tab: WalkedTab | null = null;
  const openTab: TabTools['openTab'] = async (rulesFor) => {
    tab = await tools.openTab(rulesFor);
    return tab;
  };
  try {
    return await recordWalk(walk, tools, (chain) => walkToEnd(walk, chain, { ...tools, openTab }));
  } finally {
    // Waited for only here: the chain had ended before.
    await (tab as WalkedTab | null)?.close();
  }
}

async function walkToEnd(walk: TabWalk, chain: Chain, tools: TabTools): Promise<End> {
  const { redirectUri, hosts } = walk.profile;
  const state = new URL(walk.authorizeUrl).searchParams.get('state');
  // Without permission for its host no rule would hold there (docs/facts.md).
  for (const url of [new URL(walk.authorizeUrl), ...onTheWeb(redirectUri)]) {
    const stopped = await gate(url, 0, chain, tools);
    if (stopped) return stopped;
  }
  const tab = await tools.openTab((tabId) => guardRules({ tabId, redirectUri, state, hosts }));
  const mail = openMailbox<TabHappening>();
  const claim = tools.tabTraffic.claimTab(tab.id, (event) => mail.put({ kind: 'traffic', event }));
  const cancel = () => mail.put({ kind: 'cancelled' });
  tools.cancelled.addEventListener('abort', cancel);
  tab.watch((kind) => mail.put({ kind }));
  const unheard = tools.onRevoked(() => mail.put({ kind: 'revoked' }));
  try {
    if (tools.cancelled.aborted) cancel();
    await tab.go(walk.authorizeUrl);
    const { step, msLeft } = openTabChain(walk, chain, tools, tab);
    let end: End | null = null;
    while (!end) end = await step((await mail.take(msLeft())) ?? { kind: 'silence' });
    return end;
  } finally {
    tools.cancelled.removeEventListener('abort', cancel);
    unheard();
    void tab.close();
    claim.abandon();
  }
}
