import { fitHop } from '#protocol/fit-hop.ts';
import type { Hop, HopNote } from '#protocol/hop.ts';
import { roleOfHop } from '#protocol/hop-role.ts';
import { type HostRule, hostMatches } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import { netErrorCode } from './net-errors.ts';
import { recordedCookies, recordedHeaders, recordedUrl } from './recorded.ts';
import type { RawHeader, TrafficEvent } from './traffic-event.ts';

/** What is known of a hop so far, unredacted. The fold of its events; `readHop` makes the record of it. */
export interface HopFacts {
  url: string;
  sent: RawHeader[];
  status: number | null;
  /** Headers came from the network. Without, a redirect is the browser's own. */
  answered: boolean;
  received: RawHeader[];
  /** Where the browser led the request by itself, saying neither status nor reason: Firefox's way of turning http into https. */
  movedTo: string | null;
  ip: string | null;
  fromCache: boolean;
  error: string | null;
  /** Nothing more will be said of this request. */
  over: boolean;
  /** How the chain came here, where no redirect led. */
  came: 'by_script' | 'after_page' | null;
}

export function beginHop(url: string, came: HopFacts['came'] = null): HopFacts {
  return {
    url,
    came,
    sent: [],
    status: null,
    answered: false,
    received: [],
    movedTo: null,
    ip: null,
    fromCache: false,
    error: null,
    over: false,
  };
}

/** Folds one event in. Pure. The abort that Chromium reports after every manual redirect is no failure. */
export function foldTraffic(facts: HopFacts, event: TrafficEvent): HopFacts {
  switch (event.kind) {
    case 'asked':
      return facts;
    case 'sending':
      return { ...facts, sent: event.headers };
    case 'answered':
      return { ...facts, status: event.status, answered: true, received: event.headers };
    case 'redirecting':
      if (!facts.answered && event.status === 0) return { ...facts, movedTo: event.to, over: true };
      return {
        ...facts,
        status: event.status,
        // A redirect the browser makes up (HSTS) is announced here only.
        received: facts.received.length > 0 ? facts.received : event.headers,
        ip: event.ip ?? facts.ip,
        fromCache: event.fromCache,
      };
    case 'completed':
      return {
        ...facts,
        status: event.status,
        ip: event.ip ?? facts.ip,
        fromCache: event.fromCache,
        over: true,
      };
    case 'failed':
      return {
        ...facts,
        error: isAbortAfterRedirect(facts, event.error) ? facts.error : event.error,
        over: true,
      };
  }
}

function isAbortAfterRedirect(facts: HopFacts, error: string): boolean {
  return facts.status !== null && isRedirect(facts.status) && /ERR_ABORTED|NS_BINDING_ABORTED/.test(error);
}

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** The Location header as sent, or null. */
export function locationOf(facts: HopFacts): string | null {
  return facts.received.find(({ name }) => name.toLowerCase() === 'location')?.value ?? null;
}

/** Whether the answer changes what the same question would be answered next time. */
export function setsCookie(facts: HopFacts): boolean {
  return facts.received.some(({ name }) => name.toLowerCase() === 'set-cookie');
}

/** Whether the browser answered itself, as HSTS makes it: it says so (in a header, in Chromium), and the network said nothing, which could forge one. */
export function madeByBrowser(facts: HopFacts): boolean {
  if (facts.movedTo !== null) return true;
  return (
    !facts.answered && facts.received.some(({ name }) => name.toLowerCase() === 'non-authoritative-reason')
  );
}

export interface HopTimes {
  index: number;
  startedAtMs: number;
  durationMs: number | null;
  /** Whether the device slept while the hop was under way. */
  slept?: boolean;
}

/** The hop as recorded: redacted, with its role and notes. Pure, so that a hop completed late is simply read again. */
export function readHop(
  facts: HopFacts,
  times: HopTimes,
  previousUrl: string | null,
  hosts: readonly HostRule[],
  pseudonyms: Pseudonyms,
  page: Hop['page'] = null,
): Hop {
  const location = locationOf(facts);
  const leadsTo = location ?? facts.movedTo;
  const next = leadsTo === null ? null : URL.parse(leadsTo, facts.url);
  return fitHop({
    index: times.index,
    startedAtMs: times.startedAtMs,
    durationMs: times.durationMs,
    madeBy: madeByBrowser(facts) ? 'browser' : 'network',
    role: roleOfHop({ index: times.index, url: facts.url, shows: page?.shows ?? [] }, hosts),
    url: recordedUrl(facts.url, pseudonyms),
    status: facts.status,
    ip: facts.ip,
    location: location === null ? null : recordedUrl(location, pseudonyms),
    nextUrl: next ? recordedUrl(next.href, pseudonyms) : null,
    requestHeaders: recordedHeaders(facts.sent, pseudonyms),
    responseHeaders: recordedHeaders(facts.received, pseudonyms),
    cookiesSent: cookieNames(facts.sent, 'cookie', pseudonyms),
    cookiesSet: cookieNames(facts.received, 'set-cookie', pseudonyms),
    notes: notesOf(facts, times, previousUrl, hosts),
    error: facts.error === null ? null : { code: netErrorCode(facts.error), raw: facts.error.slice(0, 200) },
    page,
  });
}

/** Milliseconds from which a hop is called slow: ten times what a redirect usually takes on mobile data. */
const SLOW_MS = 2000;

function notesOf(
  facts: HopFacts,
  times: HopTimes,
  previousUrl: string | null,
  hosts: readonly HostRule[],
): HopNote[] {
  const { protocol, hostname } = new URL(facts.url);
  const notes: HopNote[] = [];
  if (protocol === 'http:') notes.push('plain_http');
  if (protocol === 'http:' && previousUrl?.startsWith('https:')) notes.push('downgraded_to_http');
  if (madeByBrowser(facts)) notes.push('upgraded_by_browser');
  if (!hosts.some(({ pattern }) => hostMatches(pattern, hostname))) notes.push('unknown_host');
  if (facts.fromCache) notes.push('from_cache');
  if ((times.durationMs ?? 0) >= SLOW_MS) notes.push('slow');
  if (times.slept) notes.push('device_slept');
  if (facts.came !== null) notes.push(facts.came);
  return notes;
}

/** Firefox joins several Set-Cookie headers by newlines; Chromium sends several headers. */
function cookieNames(
  headers: RawHeader[],
  header: 'cookie' | 'set-cookie',
  pseudonyms: Pseudonyms,
): string[] {
  const separator = header === 'cookie' ? /;\s*/ : '\n';
  const names = headers
    .filter(({ name }) => name.toLowerCase() === header)
    .flatMap(({ value }) => value.split(separator))
    .map((pair) => pair.split('=')[0]?.trim() ?? '')
    .filter((name) => name !== '');
  return recordedCookies(names, pseudonyms);
}
