import browser, { type WebRequest } from 'webextension-polyfill';

import { proxyOf } from './proxy-of.ts';
import type { RawHeader, TabEvent, TrafficEvent } from './traffic-event.ts';

/**
 * The only file on `browser.webRequest`. A hop claims the request it is about to make, and from then on hears what
 * the browser says of that request id; URLs are never matched again, because chains revisit them and a hop's last
 * events arrive after the next hop has begun.
 */
export interface HopTraffic {
  /** Announces that this context fetches `url` next. Events arrive at `heard`, possibly after the fetch has settled. */
  claim(url: string, heard: (event: TrafficEvent) => void): Claim;
}

/** The requests of a tab for its own page, which follow redirects, scripts and persons alike. */
export interface TabTraffic {
  claimTab(tabId: number, heard: (event: TabEvent) => void): Claim;
}

export interface Claim {
  /** Stops listening for a request that was never seen, or to the tab. */
  abandon(): void;
}

const FILTER: WebRequest.RequestFilter = {
  urls: ['http://*/*', 'https://*/*'],
  types: ['xmlhttprequest', 'main_frame'],
};

interface Pending {
  url: string;
  heard: (event: TrafficEvent) => void;
}

/** A run's next hop, or what a preflight asks. */
const pending = new Set<Pending>();
/** The one tab that is walked, if one is. */
let walked: { tabId: number; heard: (event: TabEvent) => void } | null = null;
/** The listeners of the last few requests of ours, so that late events still find their hop. */
const claimed = new Map<string, Pending['heard']>();

/** How many requests are remembered: a chain and its stragglers. */
const REMEMBERED = 64;

export const hopTraffic: HopTraffic = {
  claim(url, heard) {
    const mine = { url: withoutFragment(url), heard };
    pending.add(mine);
    return {
      abandon: () => {
        pending.delete(mine);
      },
    };
  },
};

export const tabTraffic: TabTraffic = {
  claimTab(tabId, heard) {
    const mine = { tabId, heard };
    walked = mine;
    return {
      abandon: () => {
        if (walked === mine) walked = null;
      },
    };
  },
};

/** Chromium needs `extraHeaders` to show cookies, and Firefox throws at the word (docs/facts.md). */
function optionsFor(event: 'request' | 'response'): never[] {
  const extra = import.meta.env.FIREFOX ? [] : ['extraHeaders'];
  return [event === 'request' ? 'requestHeaders' : 'responseHeaders', ...extra] as never[];
}

/** Must be called synchronously when the worker starts, or events that woke it are lost. */
export function listenToTraffic(): void {
  if (browser.webRequest.onBeforeRequest.hasListener(onBeforeRequest)) return;
  browser.webRequest.onBeforeRequest.addListener(onBeforeRequest, FILTER);
  browser.webRequest.onSendHeaders.addListener(onSendHeaders, FILTER, optionsFor('request'));
  browser.webRequest.onHeadersReceived.addListener(onHeadersReceived, FILTER, optionsFor('response'));
  browser.webRequest.onBeforeRedirect.addListener(onBeforeRedirect, FILTER, optionsFor('response'));
  browser.webRequest.onCompleted.addListener(onCompleted, FILTER);
  browser.webRequest.onErrorOccurred.addListener(onErrorOccurred, FILTER);
}

/** With no run open nothing of ours may be woken by a person's browsing, and in Chromium a filter cannot say so. */
export function stopListeningToTraffic(): void {
  browser.webRequest.onBeforeRequest.removeListener(onBeforeRequest);
  browser.webRequest.onSendHeaders.removeListener(onSendHeaders);
  browser.webRequest.onHeadersReceived.removeListener(onHeadersReceived);
  browser.webRequest.onBeforeRedirect.removeListener(onBeforeRedirect);
  browser.webRequest.onCompleted.removeListener(onCompleted);
  browser.webRequest.onErrorOccurred.removeListener(onErrorOccurred);
  claimed.clear();
  pending.clear();
  walked = null;
}

function onBeforeRequest(details: WebRequest.OnBeforeRequestDetailsType): undefined {
  if (details.type === 'main_frame') return tell(details, { kind: 'asked', url: details.url });
  if (pending.size === 0 || !isOurs(details)) return;
  const url = withoutFragment(details.url);
  const mine = [...pending].find((one) => one.url === url);
  if (!mine) return;
  pending.delete(mine);
  const { heard } = mine;
  remember(details.requestId, heard);
  heard({ kind: 'asked', url: details.url });
}

/** Our own background fetch: no tab, and started by this extension (each browser has its own word for that). */
function isOurs(details: WebRequest.OnBeforeRequestDetailsType): boolean {
  const { initiator } = details as Partial<chrome.webRequest.WebRequestDetails>;
  const startedBy = initiator ?? details.originUrl;
  return (
    details.tabId === -1 &&
    startedBy !== undefined &&
    browser.runtime.getURL('').startsWith(new URL(startedBy).origin)
  );
}

/** To the tab that is walked, or to the hop whose request it is; whoever else's it is hears nothing. */
function tell(
  details: Pick<WebRequest.OnCompletedDetailsType, 'type' | 'tabId' | 'requestId' | 'url' | 'method'>,
  what: TrafficEvent,
): undefined {
  const { type, tabId, requestId, url, method } = details;
  if (type !== 'main_frame') claimed.get(requestId)?.(what);
  else if (walked?.tabId === tabId && !isPrerender(details)) walked.heard({ requestId, url, method, what });
}

/** Chromium may load a page of the tab before anybody goes there. */
function isPrerender(details: object): boolean {
  return 'documentLifecycle' in details && details.documentLifecycle === 'prerender';
}

function onSendHeaders(details: WebRequest.OnSendHeadersDetailsType): void {
  tell(details, { kind: 'sending', headers: rawHeaders(details.requestHeaders), ...proxyOf(details) });
}

function onHeadersReceived(details: WebRequest.OnHeadersReceivedDetailsType): undefined {
  tell(details, {
    kind: 'answered',
    status: details.statusCode,
    headers: rawHeaders(details.responseHeaders),
  });
}

function onBeforeRedirect(details: WebRequest.OnBeforeRedirectDetailsType): void {
  tell(details, {
    kind: 'redirecting',
    status: details.statusCode,
    to: details.redirectUrl,
    ip: details.ip ?? null,
    fromCache: details.fromCache,
    headers: rawHeaders(details.responseHeaders),
  });
}

function onCompleted(details: WebRequest.OnCompletedDetailsType): void {
  tell(details, {
    kind: 'completed',
    status: details.statusCode,
    ip: details.ip ?? null,
    fromCache: details.fromCache,
  });
  claimed.delete(details.requestId);
}

function onErrorOccurred(details: WebRequest.OnErrorOccurredDetailsType): void {
  tell(details, { kind: 'failed', error: details.error });
  claimed.delete(details.requestId);
}

function remember(requestId: string, heard: Pending['heard']): void {
  claimed.set(requestId, heard);
  const oldest = claimed.keys().next().value;
  if (claimed.size > REMEMBERED && oldest !== undefined) claimed.delete(oldest);
}

/** A header that is no text comes as bytes. */
function rawHeaders(headers: WebRequest.HttpHeaders | undefined): RawHeader[] {
  return (headers ?? []).map(({ name, value, binaryValue }) => ({
    name,
    value: value ?? String.fromCharCode(...((binaryValue as number[] | undefined) ?? [])),
  }));
}

/** webRequest shows URLs without their fragment in some events and with it in others. */
function withoutFragment(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(0, at);
}
