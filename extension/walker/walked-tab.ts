import browser, { type DeclarativeNetRequest, type Tabs } from 'webextension-polyfill';

/** The tab that a chain is walked in, and the rules that keep it from the client's own address. */
export interface WalkedTab {
  id: number;
  go(url: string): Promise<void>;
  /** As a person sees it, where the extension may. */
  title(): Promise<string | null>;
  /** Hears what happens to the tab that no request tells: it was closed, or shows what this extension may not see. */
  watch(seen: (what: 'closed' | 'out_of_sight') => void): void;
  /** Once is enough, and twice does no harm. */
  close(): Promise<void>;
}

/** Of each tab that is walked or not gone yet: its rules. */
const KEY = 'walkedTabs';
type Kept = Record<string, number[]>;

/** Milliseconds in which a tab that was closed may still be following a redirect. */
const LATE_MS = 1000;

/** Milliseconds after which a tab that asks a person whether to leave is left to that person, its rules still in force. */
const CLOSING_MS = 2000;

let cleanedUp: Promise<void> = Promise.resolve();

/** An empty tab with its rules in force; nothing is asked for in it before. */
export async function openWalkedTab(
  rulesFor: (tabId: number) => DeclarativeNetRequest.Rule[],
): Promise<WalkedTab> {
  await cleanedUp;
  const { id } = await browser.tabs.create({ url: 'about:blank', active: false });
  if (id === undefined) throw new TypeError('A tab that is shown has an id');
  let watcher: (what: 'closed' | 'out_of_sight') => void = () => {};
  const onRemoved = (removed: number) => {
    if (removed === id) watcher('closed');
  };
  const onUpdated = (updated: number, { status }: Tabs.OnUpdatedChangeInfoType, tab: Tabs.Tab) => {
    if (updated === id && status === 'complete' && !tab.url) watcher('out_of_sight');
  };
  browser.tabs.onRemoved.addListener(onRemoved);
  browser.tabs.onUpdated.addListener(onUpdated);
  let closing: Promise<void> | null = null;
  const close = () => {
    browser.tabs.onRemoved.removeListener(onRemoved);
    browser.tabs.onUpdated.removeListener(onUpdated);
    closing ??= putAway(id);
    return Promise.race([closing, after(CLOSING_MS)]);
  };
  try {
    await addRules(id, rulesFor(id));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    id,
    async go(url) {
      // Closed in the moment it was opened: what watches it is told in its turn.
      if (!(await browser.tabs.update(id, { url }).catch(() => null))) watcher('closed');
    },
    title: async () => (await browser.tabs.get(id).catch(() => null))?.title ?? null,
    watch(seen) {
      watcher = seen;
    },
    close,
  };
}

/** What a worker that died in mid-run left open. Called when a worker starts; a tab opened later waits for it. */
export function cleanUpWalkedTab(): Promise<void> {
  cleanedUp = readKept().then(async (kept) => {
    await Promise.all(Object.keys(kept).map((id) => putAway(Number(id))));
  });
  return cleanedUp;
}

/** The tab first, and its rules some time after it, for which nobody waits. */
async function putAway(id: number): Promise<void> {
  const gone = whenGone(id);
  await browser.tabs.remove(id).catch(() => undefined);
  await gone;
  void after(LATE_MS).then(() => forget(id));
}

async function forget(id: number): Promise<void> {
  await changeKept(async (kept) => {
    const { [id]: removeRuleIds = [], ...others } = kept;
    await browser.declarativeNetRequest?.updateSessionRules({ removeRuleIds });
    return others;
  });
}

async function readKept(): Promise<Kept> {
  const { [KEY]: kept } = await browser.storage.session.get(KEY);
  return (kept as Kept | undefined) ?? {};
}

let changing: Promise<unknown> = Promise.resolve();

/** One after the other: a tab is opened while the rules of the one before are dropped. */
function changeKept(change: (kept: Kept) => Promise<Kept>): Promise<void> {
  const changed = changing
    .catch(() => undefined)
    .then(async () => browser.storage.session.set({ [KEY]: await change(await readKept()) }));
  changing = changed;
  return changed;
}

function after(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms));
}

function whenGone(id: number): Promise<void> {
  return new Promise((resolve) => {
    const onRemoved = (removed: number) => {
      if (removed === id) gone();
    };
    const gone = () => {
      browser.tabs.onRemoved.removeListener(onRemoved);
      resolve();
    };
    browser.tabs.onRemoved.addListener(onRemoved);
    browser.tabs.get(id).catch(gone);
  });
}

/** Under ids of their own, beside those of a tab that is not gone yet. Some regular expressions are too large for a browser. */
async function addRules(tabId: number, rules: DeclarativeNetRequest.Rule[]): Promise<void> {
  const { declarativeNetRequest: rulesOfSession } = browser;
  await changeKept(async (kept) => ({ ...kept, [tabId]: [] }));
  const possible = await Promise.all(
    rules.map(async ({ condition: { regexFilter: regex } }) =>
      regex === undefined
        ? true
        : (await rulesOfSession.isRegexSupported({ regex, isCaseSensitive: true })).isSupported,
    ),
  );
  const highest = Math.max(0, ...(await rulesOfSession.getSessionRules()).map(({ id }) => id));
  const own = rules.filter((_, at) => possible[at]).map((rule) => ({ ...rule, id: highest + rule.id }));
  // Known before they are there: a worker may die in between.
  await changeKept(async (kept) => ({ ...kept, [tabId]: own.map(({ id }) => id) }));
  await rulesOfSession.updateSessionRules({ addRules: own });
}
