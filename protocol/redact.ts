import { OPEN_HEADERS, OPEN_PARAMETERS } from './open-names.ts';
import { betweenStandIns, isOpaque, isStandIn, type Pseudonyms } from './pseudonyms.ts';
import { TRACE_HEADERS } from './trace-id.ts';

/*
 * Redaction by construction: what is not on a list of harmless names is replaced before it is recorded.
 * Redacting twice changes nothing: what is put out is read back as the same.
 */

/** Characters of any one value that are kept as evidence. */
const LONGEST = 2048;
/** Pairs of a query or a form that are kept: each new value is looked for in all that follow. */
const MOST_PAIRS = 200;

/** RFC 3986 Appendix B: scheme, authority, path, query, fragment of anything at all, also of what no parser takes. */
const PARTS = /^([a-z][a-z\d+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** Redacts a URL, absolute or relative, as it was written: open parameters keep their values, all others become stand-ins, and so do opaque path segments. */
export function redactUrl(raw: string, pseudonyms: Pseudonyms): string {
  // Twice, because what is shown may quote a value that is only named after it.
  redactParts(raw, pseudonyms);
  return redactParts(raw, pseudonyms);
}

function redactParts(raw: string, pseudonyms: Pseudonyms): string {
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = PARTS.exec(raw) ?? [];
  const host =
    authority &&
    `//${redactText(authority.slice(authority.lastIndexOf('@') + 1).replace(/^\/\//, ''), pseudonyms)}`;
  const segments = path.split('/').map((segment) => redactPart(segment, 'path', pseudonyms));
  const pairs = (part: string) => part && part[0] + redactPairs(part.slice(1), pseudonyms);
  return `${redactText(scheme, pseudonyms)}${host}${segments.join('/')}${pairs(query)}${pairs(fragment)}`;
}

/** A path segment, or a parameter that is only a name: kept as written unless it shows something. */
function redactPart(raw: string, label: string, pseudonyms: Pseudonyms): string {
  const decoded = decode(raw);
  if (isStandIn(decoded)) return decoded;
  if (isOpaque(decoded)) return pseudonyms.of(decoded.startsWith('eyJ') ? 'jwt' : label, decoded);
  const covered = redactText(decoded, pseudonyms);
  return covered === decoded ? raw : encode(covered, /[%/?#&=+]/g);
}

/** A query, a form or a fragment, pair by pair, readable: only what would end a value stays encoded. */
export function redactPairs(text: string, pseudonyms: Pseudonyms): string {
  const pairs = text.split('&');
  const kept = pairs.slice(0, MOST_PAIRS).map((pair) => {
    const at = pair.indexOf('=');
    if (at < 0) return redactPart(pair, 'value', pseudonyms);
    const value = decodeForm(pair.slice(at + 1));
    const shown = redactParameter(decodeForm(pair.slice(0, at)), value, pseudonyms);
    return `${redactPart(pair.slice(0, at), 'name', pseudonyms)}=${encode(shown, /[%&#+]/g)}`;
  });
  return (pairs.length > MOST_PAIRS ? [...kept, '…'] : kept).join('&');
}

/** One form or query parameter. Values of three characters or fewer (`mcc=234`) cannot hold a secret and stay. */
export function redactParameter(name: string, value: string, pseudonyms: Pseudonyms): string {
  const lower = name.toLowerCase();
  if (lower === 'error' || lower === 'error_description') return redactText(value, pseudonyms);
  if (lower === 'redirect_uri' || lower === 'error_uri')
    return redactUrl(value.slice(0, LONGEST), pseudonyms);
  if (OPEN_PARAMETERS.has(lower)) return openValue(value, pseudonyms);
  return value.length <= 3 ? value : pseudonyms.of(name, value);
}

/** Stand-ins of what would let someone else act in this run. */
const SECRET =
  /‹(?:code|state|nonce|code_verifier|access_token|refresh_token|id_token|jwt|basic|bearer|client_secret|at_hash|device_msisdn_hash|number):\d+›/;

/** A harmless name does not make its value harmless: what quotes a secret is covered. One that only equals a value of another name stays. */
function openValue(value: string, pseudonyms: Pseudonyms): string {
  return betweenStandIns(value, (part) => pseudonyms.cover(part, SECRET)).slice(0, LONGEST);
}

/** Of a header or a cookie's name, where a server can put a number or a token that nothing else in the run has named. */
function openWords(value: string, pseudonyms: Pseudonyms): string {
  const mask = (part: string) => maskShapes(pseudonyms.cover(part, SECRET), pseudonyms);
  return betweenStandIns(value, mask).slice(0, LONGEST);
}

/** What stands before digits that are no number of anybody: seconds of a header, and the day in Firefox's name of itself. */
const COUNTS = /(?:\b(?:max-age|s-maxage|ma)="?|\bGecko\/)$/i;

/** Eight digits or more in a row, a number as people write it, with a plus sign or a leading zero; a UUID (taken first) is none. */
const NUMBER_OR_UUID =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\+\d(?:[ ().-]{0,3}\d){7,14}|\d{8,15}|\(?\b0\d{1,5}\)?(?:[ ./-]{1,2}\d{2,9}){1,4}/gi;
/** A number with a leading zero is the shortest: `01 23`. */
const SHORTEST_SHAPE = 5;
/** SHA-256, in any spelling: of a number it is as good as the number. */
const HASH = /\b[0-9a-f]{64}\b/gi;
const JWT = /\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g;

/** Masks numbers, JWTs and every value already known as a secret in free text, and strips control and bidi characters. */
export function redactText(text: string, pseudonyms: Pseudonyms): string {
  const mask = (part: string) => maskShapes(pseudonyms.cover(part), pseudonyms);
  const clean = text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
  // Cut last: half of a secret is not recognised any more.
  return betweenStandIns(clean, mask).slice(0, LONGEST);
}

/** What shows by its form what it is, whoever wrote it and wherever. */
function maskShapes(text: string, pseudonyms: Pseudonyms): string {
  if (text.length < SHORTEST_SHAPE) return text;
  return text
    .replace(JWT, (jwt) => pseudonyms.of('jwt', jwt))
    .replace(HASH, (hash) => pseudonyms.of('hash', hash.toLowerCase()))
    .replace(NUMBER_OR_UUID, (found, at: number, whole: string) =>
      isNumber(found) && !(found.length <= 9 && COUNTS.test(whole.slice(0, at)))
        ? pseudonyms.of('number', found)
        : found,
    );
}

function isNumber(found: string): boolean {
  return !UUID.test(found) && found.replace(/\D/g, '').length >= 8;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** One header. Cookies keep their names and attributes, authorization its scheme, Location is redacted as a URL. */
export function redactHeader(name: string, value: string, pseudonyms: Pseudonyms): string {
  const lower = name.toLowerCase();
  if (lower === 'set-cookie')
    return value
      .split('\n')
      .map((line) => redactSetCookie(line, pseudonyms))
      .join('\n');
  if (lower === 'cookie')
    return value
      .split(/;\s*/)
      .filter((pair) => pair !== '')
      .map((pair) => redactCookie(pair, pseudonyms))
      .join('; ');
  if (lower === 'authorization') {
    const [, scheme, credentials] = /^([a-z][\w-]{0,15}) (\S.*)$/is.exec(value) ?? [];
    return scheme && credentials
      ? `${scheme} ${pseudonyms.of(scheme, credentials)}`
      : pseudonyms.of(lower, value);
  }
  if (lower === 'location' || lower === 'referer' || lower === 'content-location')
    return redactUrl(value, pseudonyms);
  // The handle that an operator's support asks for may be digits; it is kept as it is.
  if (TRACE_HEADERS.includes(lower)) return openValue(value, pseudonyms);
  if (OPEN_HEADERS.has(lower)) return openWords(value, pseudonyms);
  return value.length <= 3 ? value : pseudonyms.of(lower, value);
}

const COOKIE_ATTRIBUTE =
  /^\s*(domain|expires|httponly|max-age|partitioned|path|priority|samesite|secure)\s*(=|$)/i;

function redactSetCookie(line: string, pseudonyms: Pseudonyms): string {
  const [pair = '', ...attributes] = line.split(';');
  const known = attributes.filter((attribute) => COOKIE_ATTRIBUTE.test(attribute));
  return [redactCookie(pair, pseudonyms), ...known].join(';');
}

/** Without `=` it is all value (RFC 6265bis §5.6). */
function redactCookie(pair: string, pseudonyms: Pseudonyms): string {
  const at = pair.indexOf('=');
  const name = pair.slice(0, Math.max(at, 0)).trim();
  return `${redactCookieName(name, pseudonyms)}=${pseudonyms.of(name || 'cookie', pair.slice(at + 1))}`;
}

/** Some servers keep a login apart from the next by naming its cookie after state. */
export function redactCookieName(name: string, pseudonyms: Pseudonyms): string {
  return openWords(name, pseudonyms);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As forms are read: `+` is a space, and bytes that are no UTF-8 are U+FFFD. */
function decodeForm(text: string): string {
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}

function encode(text: string, delimiters: RegExp): string {
  return betweenStandIns(text, (part) =>
    part.replace(delimiters, encodeURIComponent).replace(/[\p{Cc}\p{Bidi_Control}]/gu, encodeURIComponent),
  );
}
