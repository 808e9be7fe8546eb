import type { Header } from '#protocol/hop.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactCookieName, redactHeader, redactUrl } from '#protocol/redact.ts';

import type { RawHeader } from './traffic-event.ts';

/*
 * What is kept of one hop: redacted, and no more than tells what happened. A hop may send a quarter of a megabyte of
 * headers, and a run that is too large for the backend is a run lost.
 */

/** Characters of a URL or a header's value, as of every other value that is kept. */
const LONGEST = 2048;
/** Characters of all headers of one message, and of one header's name. */
const ALL_HEADERS = 6144;
const HEADER_NAME = 128;
/** Cookies of one message, and characters of one's name. */
const COOKIES = 40;
const COOKIE_NAME = 64;

export function recordedUrl(url: string, pseudonyms: Pseudonyms): string {
  return redacted(url, (text) => redactUrl(text, pseudonyms));
}

/** The last one says how many there was no room for. */
export function recordedHeaders(headers: readonly RawHeader[], pseudonyms: Pseudonyms): Header[] {
  const kept: Header[] = [];
  let room = ALL_HEADERS;
  for (const header of headers) {
    const name = cut(header.name, HEADER_NAME);
    const value = redacted(header.value, (text) => redactHeader(header.name, text, pseudonyms));
    if (name.length + value.length > room) continue;
    room -= name.length + value.length;
    kept.push({ name, value });
  }
  const left = headers.length - kept.length;
  return left === 0 ? kept : [...kept, { name: '…', value: `+${left}` }];
}

export function recordedCookies(names: string[], pseudonyms: Pseudonyms): string[] {
  const kept = [...new Set(names)].slice(0, COOKIES);
  return kept.map((name) => cut(redactCookieName(name, pseudonyms), COOKIE_NAME));
}

/** Cut before redaction too, which takes its time over 64 KB; between two values, because half a secret is not recognised. */
function redacted(text: string, redact: (text: string) => string): string {
  if (text.length <= 4 * LONGEST) return cut(redact(text), LONGEST);
  const end = Math.max(...[...'/?#&=; '].map((mark) => text.lastIndexOf(mark, 4 * LONGEST)));
  return cut(`${redact(text.slice(0, end + 1))}…`, LONGEST);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
