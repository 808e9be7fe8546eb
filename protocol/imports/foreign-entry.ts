import type { Header } from '../hop.ts';
import { type ImportProblem, problemOf } from './import-problem.ts';
import { isObject, listOf, memberOf, textOf } from './read-member.ts';
import { isSpan, isStatus, isTime } from './read-run.ts';

/** What a chain needs of an entry, whoever wrote it; nothing of it is redacted yet. */
export interface ForeignEntry {
  index: number;
  method: string;
  url: string;
  /** UTC milliseconds, and the offset the file wrote them with. */
  at: number;
  utcOffsetMinutes: number;
  durationMs: number | null;
  /** Null where no answer came. */
  status: number | null;
  /** What went wrong, in the browser's words. */
  error: string | null;
  ip: string | null;
  /** The destination as it was sent. */
  location: string | null;
  requestHeaders: Header[];
  responseHeaders: Header[];
  cookiesSent: string[];
  cookiesSet: string[];
  contentType: string;
}

export type ReadEntry = { ok: true; entry: ForeignEntry | null } | { ok: false; problem: ImportProblem };

/**
 * One entry in any dialect: 1.1 has no address; Chrome writes `[::1]`, status 0 and `_error`; Charles writes null where it
 * has nothing; Firefox has times with an offset. What is no request over HTTP (data, blob, sockets) is no entry here.
 */
export function readForeignEntry(value: unknown, index: number): ReadEntry {
  const bad = (field: string): ReadEntry => ({
    ok: false,
    problem: problemOf('import.bad_entry', { index, field }),
  });
  const request = memberOf(value, 'request');
  const response = memberOf(value, 'response');
  const url = textOf(memberOf(request, 'url'));
  if (!isObject(request) || url === null) return bad('request.url');
  const parsed = URL.parse(url.slice(0, LONGEST_URL + 1));
  if (url.length > LONGEST_URL || !parsed) return parsed && !isHttp(parsed) ? skipped : bad('request.url');
  if (!isHttp(parsed)) return skipped;
  const started = textOf(memberOf(value, 'startedDateTime')) ?? '';
  const at = Date.parse(started);
  if (!isTime(at)) return bad('startedDateTime');
  const time = memberOf(value, 'time') ?? null;
  // -1 is how the format says that a time is not known.
  const durationMs = time === -1 ? null : time;
  if (durationMs !== null && !(typeof durationMs === 'number' && isSpan(durationMs))) return bad('time');
  const status = memberOf(response, 'status') ?? 0;
  if (!(typeof status === 'number' && Number.isInteger(status) && isStatus(status)))
    return bad('response.status');
  const requestHeaders = headersOf(memberOf(request, 'headers'));
  if (!requestHeaders) return bad('request.headers');
  const responseHeaders = headersOf(memberOf(response, 'headers') ?? []);
  if (!responseHeaders) return bad('response.headers');
  return {
    ok: true,
    entry: {
      index,
      method: textOf(memberOf(request, 'method')) ?? 'GET',
      url,
      at,
      utcOffsetMinutes: offsetOf(started),
      durationMs,
      status: status === 0 ? null : status,
      error: textOf(memberOf(response, '_error')) ?? textOf(memberOf(value, '_error')),
      ip: textOf(memberOf(value, 'serverIPAddress'))?.replace(/^\[(.*)\]$/, '$1') || null,
      location: textOf(memberOf(response, 'redirectURL')) || headerOf(responseHeaders, 'location'),
      requestHeaders,
      responseHeaders,
      cookiesSent: cookieNames(memberOf(request, 'cookies')),
      cookiesSet: cookieNames(memberOf(response, 'cookies')),
      contentType:
        headerOf(responseHeaders, 'content-type') ??
        textOf(memberOf(memberOf(response, 'content'), 'mimeType')) ??
        '',
    },
  };
}

const skipped: ReadEntry = { ok: true, entry: null };
const LONGEST_URL = 64 * 1024;

function isHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

/** Null where one of them is no header. */
function headersOf(value: unknown): Header[] | null {
  if (!Array.isArray(value) || value.length > 500) return null;
  const headers = value.map((one) => ({ name: memberOf(one, 'name'), value: memberOf(one, 'value') ?? '' }));
  return headers.every(isHeader) ? headers : null;
}

function isHeader(one: { name: unknown; value: unknown }): one is Header {
  return typeof one.name === 'string' && typeof one.value === 'string';
}

function headerOf(headers: readonly Header[], wanted: string): string | null {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value || null;
}

function cookieNames(value: unknown): string[] {
  return listOf(value).flatMap((one) => textOf(memberOf(one, 'name')) ?? []);
}

function offsetOf(iso: string): number {
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})$/.exec(iso) ?? [];
  return sign ? (sign === '-' ? -1 : 1) * Math.min(Number(hours) * 60 + Number(minutes), 24 * 60) : 0;
}
