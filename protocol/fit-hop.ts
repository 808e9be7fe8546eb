import type { Header, Hop } from './hop.ts';

/** Bytes of one hop as JSON. A chain of forty would else be larger than what the backend takes of a whole one. */
export const LARGEST_HOP = 8192;
/** Characters of any one text, tried from the usual to what always fits. */
const LONGEST = [2048, 512, 128, 32];
/** Names of cookies of one message. */
const COOKIES = 40;

/**
 * The hop, or what of it fits: first headers go, those of the request before those of the answer, then texts and names are
 * cut. It says so in its notes, and where headers went, how many.
 */
export function fitHop(hop: Hop): Hop {
  if (fits(hop)) return hop;
  const notes = [...new Set([...hop.notes, 'truncated' as const])];
  for (const longest of LONGEST) {
    const cut = fillHeaders(hop, { ...withShortTexts(hop, longest), notes }, longest);
    if (fits(cut)) return cut;
  }
  return { ...withShortTexts(hop, 32), notes, cookiesSent: [], cookiesSet: [], page: null };
}

const encoder = new TextEncoder();
const sizeOf = (value: unknown) => encoder.encode(JSON.stringify(value)).length;
const fits = (hop: Hop) => sizeOf(hop) <= LARGEST_HOP;
const shorten = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`.toWellFormed();

function withShortTexts(hop: Hop, longest: number): Hop {
  const short = <T extends string | null>(text: T) => (text === null ? null : shorten(text, longest)) as T;
  const names = (cookies: string[]) => cookies.slice(0, COOKIES).map(short);
  return {
    ...hop,
    url: short(hop.url),
    ip: short(hop.ip),
    location: short(hop.location),
    nextUrl: short(hop.nextUrl),
    cookiesSent: names(hop.cookiesSent),
    cookiesSet: names(hop.cookiesSet),
    error: hop.error && { ...hop.error, raw: short(hop.error.raw) },
    page: hop.page && {
      contentType: short(hop.page.contentType),
      title: short(hop.page.title),
      shows: [...new Set(hop.page.shows)],
    },
    requestHeaders: [],
    responseHeaders: [],
  };
}

/** The answer’s headers say where the chain went, and so they come first. */
function fillHeaders({ requestHeaders, responseHeaders }: Hop, bare: Hop, longest: number): Hop {
  let room = LARGEST_HOP - sizeOf(bare) - 2 * sizeOf(missing(responseHeaders.length + requestHeaders.length));
  const keep = (headers: readonly Header[]) => {
    const kept: Header[] = [];
    for (const { name, value } of headers) {
      const header = { name: shorten(name, longest), value: shorten(value, longest) };
      const size = sizeOf(header) + 1;
      if (size > room) continue;
      room -= size;
      kept.push(header);
    }
    return kept.length === headers.length ? kept : [...kept, missing(headers.length - kept.length)];
  };
  const received = keep(responseHeaders);
  return { ...bare, responseHeaders: received, requestHeaders: keep(requestHeaders) };
}

const missing = (count: number): Header => ({ name: '…', value: `+${count}` });
