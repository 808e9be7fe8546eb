import { canonicalJson } from '../exports/canonical-json.ts';
import { redactHeaders } from '../exports/redact-run.ts';
import type { Header, Hop } from '../hop.ts';
import type { Leg } from '../leg.ts';
import { createPseudonyms, isStandIn, type Pseudonyms } from '../pseudonyms.ts';
import { redactCookieName, redactText, redactUrl } from '../redact.ts';
import type { Run } from '../run.ts';
import { type ForeignChain, nextUrlOf, redirectUriOf } from './foreign-chains.ts';
import type { ForeignEntry } from './foreign-entry.ts';
import { foreignProfile } from './foreign-profile.ts';
import { madeId } from './made-id.ts';
import { LONGEST_CORRELATION_ID } from './read-run.ts';

/**
 * A run of somebody else's recording: its hops, and no more. No backend of ours judged it, so its verdict is `unknown`,
 * which counts as neither a match nor a failure; the legs after the chain are unknown, too.
 */
export function foreignRun({ hops: entries, callback }: ForeignChain): { run: Run; containsSecret: boolean } {
  const { pseudonyms, masked } = watched(createPseudonyms());
  const [first] = entries;
  if (!first) throw new TypeError('A chain has at least one request');
  const profile = foreignProfile(first.url, pseudonyms);
  const isAuthorize = redirectUriOf(first.url) !== null;
  const hops: Hop[] = [];
  for (const entry of entries) {
    const before = hops.at(-1)?.index ?? 0;
    const index = madeByBrowser(entry) ? before : before + 1;
    const role = index === 1 && isAuthorize ? 'authorize' : 'unknown';
    hops.push({ index, role, ...readHop(entry, first.at, pseudonyms) });
  }
  const atMs = Math.max(...hops.map(({ startedAtMs, durationMs }) => startedAtMs + (durationMs ?? 0)));
  const last = entries.at(-1);
  const next = callback ?? (last ? nextUrlOf(last) : null);
  const content = {
    schemaVersion: 1 as const,
    ownerId: 'imported',
    profile,
    capture: 'tab' as const,
    origin: 'imported' as const,
    scenario: null,
    startedAt: first.at,
    utcOffsetMinutes: first.utcOffsetMinutes,
    localDay: new Date(first.at + first.utcOffsetMinutes * 60_000).toISOString().slice(0, 10),
    number: null,
    correlationId: redactText(
      URL.parse(first.url)?.searchParams.get('correlation_id') ?? '',
      pseudonyms,
    ).slice(0, LONGEST_CORRELATION_ID),
    conditions: {},
    expectation: 'match' as const,
    phase: 'ended' as const,
    hops,
    chainEnd: { kind: endOf(hops, callback), url: next && redactUrl(next, pseudonyms), atMs },
    legs: legsOf(atMs, callback !== null),
    failure: null,
    cause: null,
    verdict: 'unknown' as const,
    endedAt: null,
    hashDoctor: null,
    events: [],
  };
  const containsSecret = masked.some((label) => SECRET.test(label)) || entries.some(showsCredentials);
  return { run: { ...content, id: madeId(canonicalJson(content)) }, containsSecret };
}

/** Chromium's own answer to an http URL of a host with HSTS. */
function madeByBrowser({ responseHeaders }: ForeignEntry): boolean {
  return responseHeaders.some(({ name }) => name.toLowerCase() === 'non-authoritative-reason');
}

function readHop(
  entry: ForeignEntry,
  startedAt: number,
  pseudonyms: Pseudonyms,
): Omit<Hop, 'index' | 'role'> {
  const nextUrl = nextUrlOf(entry);
  const answered = entry.status !== null;
  return {
    madeBy: madeByBrowser(entry) ? 'browser' : 'network',
    url: redactUrl(entry.url, pseudonyms),
    status: entry.status,
    ip: entry.ip && redactText(entry.ip, pseudonyms),
    startedAtMs: Math.max(entry.at - startedAt, 0),
    durationMs: entry.durationMs,
    location: entry.location && redactUrl(entry.location, pseudonyms),
    nextUrl: nextUrl && redactUrl(nextUrl, pseudonyms),
    requestHeaders: redactHeaders(entry.requestHeaders, pseudonyms),
    responseHeaders: redactHeaders(entry.responseHeaders, pseudonyms),
    cookiesSent: entry.cookiesSent.map((name) => redactCookieName(name, pseudonyms)),
    cookiesSet: entry.cookiesSet.map((name) => redactCookieName(name, pseudonyms)),
    notes: entry.url.startsWith('http:') ? ['plain_http'] : [],
    error: answered ? null : { code: 'unclassified', raw: redactText(entry.error ?? '', pseudonyms) },
    page:
      answered && !nextUrl
        ? { contentType: redactText(entry.contentType, pseudonyms), title: null, shows: [] }
        : null,
  };
}

function endOf(hops: readonly Hop[], callback: string | null): 'callback' | 'page' | 'error' | 'interrupted' {
  if (callback !== null) return 'callback';
  const last = hops.at(-1);
  if (last?.error) return 'error';
  // A redirect whose destination is not in the file: the recording ends before the chain does.
  return last?.nextUrl ? 'interrupted' : 'page';
}

function legsOf(durationMs: number, cameBack: boolean): Leg[] {
  const blank = {
    outcome: 'unknown' as const,
    startedAtMs: null,
    durationMs: null,
    exchanges: [],
    checks: [],
  };
  return [
    { ...blank, name: 'authorize', outcome: cameBack ? 'passed' : 'unknown', startedAtMs: 0, durationMs },
    { ...blank, name: 'token' },
    { ...blank, name: 'premiuminfo' },
  ];
}

/** Labels of what would let someone act for another, or says who somebody is. */
const SECRET =
  /^(?:code|.*token.*|jwt|basic|bearer|digest|.*authorization|.*secret.*|.*password.*|.*session.*|.*msisdn.*|number|login_hint)$/i;

/** The table, and the labels of what it replaced that was no stand-in already. */
function watched(pseudonyms: Pseudonyms): { pseudonyms: Pseudonyms; masked: string[] } {
  const masked: string[] = [];
  const of: Pseudonyms['of'] = (label, value) => {
    if (value !== '' && !isStandIn(value)) masked.push(label);
    return pseudonyms.of(label, value);
  };
  return { pseudonyms: { ...pseudonyms, of }, masked };
}

/** Cookies and credentials, whatever they are called. */
function showsCredentials({ requestHeaders, responseHeaders }: ForeignEntry): boolean {
  const shows = ({ name, value }: Header) =>
    /^(?:cookie|set-cookie|authorization|proxy-authorization)$/i.test(name) &&
    /[^\s=;]/.test(value.replace(/‹[^›]*›/g, ''));
  return [...requestHeaders, ...responseHeaders].some(shows);
}
