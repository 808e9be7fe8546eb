import type { Header, Hop } from '../hop.ts';
import type { Exchange, LegName } from '../leg.ts';
import type { Run } from '../run.ts';
import { isoTime } from './export-context.ts';
import { asUri } from './uri.ts';

interface Named {
  name: string;
  value: string;
}

interface HarRequest {
  method: string;
  url: string;
  /** As it was recorded, where that is no URI: a stand-in has characters that no URI has. */
  _url?: string;
  httpVersion: string;
  cookies: Named[];
  headers: Header[];
  queryString: Named[];
  postData?: { mimeType: string; params: Named[]; text: string };
  headersSize: number;
  bodySize: number;
}

interface HarResponse {
  status: number;
  statusText: string;
  httpVersion: string;
  cookies: Named[];
  headers: Header[];
  content: { size: number; mimeType: string; text?: string };
  redirectURL: string;
  headersSize: number;
  bodySize: number;
}

export interface HarEntry {
  pageref: string;
  startedDateTime: string;
  time: number;
  request: HarRequest;
  response: HarResponse;
  cache: object;
  timings: { send: number; wait: number; receive: number };
  serverIPAddress?: string;
  comment?: string;
  _runId: string;
  _leg: LegName;
  _role: string;
  /** The run's failure, at the entry where it was seen. */
  _failure: string | null;
  _hop?: Pick<
    Hop,
    | 'index'
    | 'madeBy'
    | 'status'
    | 'startedAtMs'
    | 'durationMs'
    | 'location'
    | 'nextUrl'
    | 'cookiesSent'
    | 'cookiesSet'
    | 'notes'
    | 'error'
    | 'page'
  >;
  _exchange?: Pick<Exchange, 'error' | 'sent' | 'startedAtMs' | 'durationMs'> & {
    requestBody: string | null;
    response: { body: string | null } | null;
  };
}

interface Of {
  run: Run;
  pageref: string;
}

/** One hop. A hop the browser made itself was never on the wire; it is here because it decides where the next one went. */
export function hopEntry(hop: Hop, { run, pageref }: Of): HarEntry {
  const { url, role, ip, requestHeaders, responseHeaders, ...rest } = hop;
  const seenHere =
    hop.madeBy === 'network' && run.failure?.leg === 'authorize' && run.failure.hop === hop.index;
  return {
    pageref,
    ...timesOf(run, hop),
    request: requestOf('GET', url, requestHeaders, hop.cookiesSent),
    response: responseOf(hop.status, responseHeaders, hop.cookiesSet, {
      mimeType: hop.page?.contentType ?? contentTypeOf(responseHeaders),
      redirectUrl: hop.nextUrl ?? '',
    }),
    ...(ip ? { serverIPAddress: ip } : {}),
    ...(hop.madeBy === 'browser' ? { comment: 'Made by the browser itself; nothing was sent.' } : {}),
    _runId: run.id,
    _leg: 'authorize',
    _role: role,
    _failure: seenHere ? (run.failure?.code ?? null) : null,
    _hop: rest,
  };
}

export function exchangeEntry(exchange: Exchange, leg: LegName, { run, pageref }: Of): HarEntry {
  const { request, response, error, sent, startedAtMs, durationMs } = exchange;
  const isLast = run.legs.find(({ name }) => name === leg)?.exchanges.at(-1) === exchange;
  const headers = response?.headers ?? [];
  return {
    pageref,
    ...timesOf(run, exchange),
    request: {
      ...requestOf(request.method, request.url, request.headers, []),
      ...(request.body === null
        ? {}
        : { postData: { mimeType: contentTypeOf(request.headers), params: [], text: request.body } }),
    },
    response: responseOf(response?.status ?? null, headers, [], {
      mimeType: contentTypeOf(headers),
      redirectUrl: '',
      text: response?.body ?? null,
    }),
    _runId: run.id,
    _leg: leg,
    _role: 'backend',
    _failure: isLast && run.failure?.leg === leg ? run.failure.code : null,
    _exchange: {
      error,
      sent,
      startedAtMs,
      durationMs,
      requestBody: request.body,
      response: response && { body: response.body },
    },
  };
}

/** One number for the whole of it is all that is recorded: the time until the headers of the answer. */
function timesOf(run: Run, { startedAtMs, durationMs }: { startedAtMs: number; durationMs: number | null }) {
  const time = Math.max(durationMs ?? 0, 0);
  return {
    startedDateTime: isoTime(run.startedAt + startedAtMs) || isoTime(0),
    time,
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

function requestOf(
  method: string,
  url: string,
  headers: Header[],
  cookieNames: readonly string[],
): HarRequest {
  const uri = asUri(url);
  return {
    method,
    url: uri,
    ...(uri === url ? {} : { _url: url }),
    httpVersion: 'unknown',
    cookies: cookieNames.map(nameOnly),
    headers,
    queryString: queryOf(url),
    headersSize: -1,
    bodySize: -1,
  };
}

/** 0 for an answer that never came, as browsers write it. */
function responseOf(
  status: number | null,
  headers: Header[],
  cookieNames: readonly string[],
  { mimeType, redirectUrl, text = null }: { mimeType: string; redirectUrl: string; text?: string | null },
): HarResponse {
  return {
    status: status ?? 0,
    statusText: '',
    httpVersion: 'unknown',
    cookies: cookieNames.map(nameOnly),
    headers,
    content: { size: text?.length ?? 0, mimeType, ...(text === null ? {} : { text }) },
    redirectURL: redirectUrl,
    headersSize: -1,
    bodySize: -1,
  };
}

function nameOnly(name: string): Named {
  return { name, value: '' };
}

function queryOf(url: string): Named[] {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function contentTypeOf(headers: readonly Header[]): string {
  return headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
}
