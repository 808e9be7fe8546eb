/**
 * Redaction by construction: what is not on a list of harmless names is replaced before it is recorded.
 * Values become positional pseudonyms such as `‹state:1›`, the same value always the same one within a run,
 * so that redacted records still compare. Redacting twice changes nothing.
 */
export interface Pseudonyms {
  /** The stand-in for `value` under `label`; a stand-in is returned as it is. */
  of(label: string, value: string): string;
  /** Replaces every value seen so far wherever it stands in `text`. */
  cover(text: string): string;
}

const STAND_IN = /^‹[a-z0-9_.-]+:\d+›$/i;

/** Starts an empty table, one for each run and side. */
export function createPseudonyms(): Pseudonyms {
  const standIns = new Map<string, string>();
  const counts = new Map<string, number>();
  return {
    of(label, value) {
      if (STAND_IN.test(value)) return value;
      const given = standIns.get(value);
      if (given) return given;
      const name = label.toLowerCase();
      const position = (counts.get(name) ?? 0) + 1;
      counts.set(name, position);
      const standIn = `‹${name}:${position}›`;
      standIns.set(value, standIn);
      return standIn;
    },
    cover(text) {
      let covered = text;
      // Shorter values would hit ordinary words; a secret of fewer than eight characters is none.
      for (const [value, standIn] of standIns) {
        if (value.length >= 8) covered = covered.replaceAll(value, standIn);
      }
      return covered;
    },
  };
}

/** Parameters whose values say how a request was made, never who it is about. */
const OPEN_PARAMETERS = new Set([
  'acr_values',
  'claims_locales',
  'client_id',
  'code_challenge_method',
  'correlation_id',
  'display',
  'error',
  'error_description',
  'error_uri',
  'grant_type',
  'iss',
  'max_age',
  'prompt',
  'redirect_uri',
  'response_mode',
  'response_type',
  'scenario',
  'scope',
  'ui_locales',
  'version',
]);

const OPEN_HEADERS = new Set([
  'accept',
  'accept-language',
  'age',
  'allow',
  'alt-svc',
  'cache-control',
  'clear-site-data',
  'connection',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'content-type',
  'date',
  'dnt',
  'expires',
  'host',
  'non-authoritative-reason',
  'pragma',
  'referrer-policy',
  'retry-after',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-storage-access',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'upgrade-insecure-requests',
  'user-agent',
  'vary',
  'via',
  'x-correlator',
  'x-orange-trace-id',
  'x-request-id',
  'x-vig-trace-id',
]);

/** Eight digits or more in a row, with or without `+`, can be a subscriber's number; a UUID (taken first) is none. */
const NUMBER_OR_UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\+?\d{8,15}/gi;

/** Stands in for the host of a relative reference while it is parsed; never shown. */
const NO_HOST = 'relative.invalid';

/** Redacts a URL, absolute or relative, as text: open parameters keep their values, all others become stand-ins, and so do opaque path segments. */
export function redactUrl(raw: string, pseudonyms: Pseudonyms): string {
  const absolute = URL.parse(raw);
  const url = absolute ?? URL.parse(raw, `https://${NO_HOST}`);
  if (!url) return redactText(raw, pseudonyms);
  const host = url.hostname === NO_HOST ? '' : `//${url.host}`;
  const path = url.pathname
    .split('/')
    .map((segment) => redactPathSegment(decode(segment), pseudonyms))
    .join('/');
  const fragment = url.hash ? `#${redactQuery(`?${url.hash.slice(1)}`, pseudonyms).slice(1)}` : '';
  return `${absolute ? url.protocol : ''}${host}${path}${redactQuery(url.search, pseudonyms)}${fragment}`;
}

function redactPathSegment(segment: string, pseudonyms: Pseudonyms): string {
  if (STAND_IN.test(segment)) return segment;
  const opaque = segment.length >= 16 && /\d/.test(segment) && /[a-z]/i.test(segment);
  return opaque ? pseudonyms.of('path', segment) : redactText(segment, pseudonyms);
}

function redactQuery(search: string, pseudonyms: Pseudonyms): string {
  if (search.length <= 1) return '';
  const pairs = [...new URLSearchParams(search)].map(([name, value]) =>
    value === '' ? name : `${name}=${redactParameter(name, value, pseudonyms)}`,
  );
  return `?${pairs.join('&')}`;
}

/** One form or query parameter. Values of three characters or fewer (`mcc=234`) cannot hold a secret and stay. */
export function redactParameter(name: string, value: string, pseudonyms: Pseudonyms): string {
  if (name === 'error_description') return redactText(value, pseudonyms);
  if (OPEN_PARAMETERS.has(name.toLowerCase())) return value.slice(0, 2048);
  return value.length <= 3 ? value : pseudonyms.of(name, value);
}

/** Masks numbers, JWTs and every value already known as a secret in free text, and strips control and bidi characters. */
export function redactText(text: string, pseudonyms: Pseudonyms): string {
  return pseudonyms
    .cover(text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ').slice(0, 2048))
    .replace(/\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g, (jwt) => pseudonyms.of('jwt', jwt))
    .replace(NUMBER_OR_UUID, (found) => (found.includes('-') ? found : pseudonyms.of('number', found)));
}

/** One header. Cookies keep their names and attributes, authorization its scheme, Location is redacted as a URL. */
export function redactHeader(name: string, value: string, pseudonyms: Pseudonyms): string {
  const lower = name.toLowerCase();
  if (lower === 'set-cookie')
    return value
      .split('\n')
      .map((line) => redactCookie(line, pseudonyms, true))
      .join('\n');
  if (lower === 'cookie')
    return value
      .split('; ')
      .map((pair) => redactCookie(pair, pseudonyms, false))
      .join('; ');
  if (lower === 'authorization') {
    const [scheme = '', ...rest] = value.split(' ');
    return `${scheme} ${pseudonyms.of(scheme.toLowerCase() || 'authorization', rest.join(' '))}`;
  }
  if (lower === 'location' || lower === 'referer' || lower === 'content-location')
    return redactUrl(value, pseudonyms);
  if (OPEN_HEADERS.has(lower)) return value.slice(0, 2048);
  return value.length <= 3 ? value : pseudonyms.of(lower, value);
}

function redactCookie(line: string, pseudonyms: Pseudonyms, withAttributes: boolean): string {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = at < 0 ? pair.trim() : pair.slice(0, at).trim();
  const value = at < 0 ? '' : pair.slice(at + 1);
  const shown = value === '' ? `${name}=` : `${name}=${pseudonyms.of(name, value)}`;
  return withAttributes ? [shown, ...attributes].join(';') : shown;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
