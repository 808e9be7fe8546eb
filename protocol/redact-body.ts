import { OPEN_MEMBERS } from './open-names.ts';
import { betweenStandIns, isOpaque, type Pseudonyms } from './pseudonyms.ts';
import { redactPairs, redactText } from './redact.ts';

/** At most this many characters of an answer that is no JSON are kept as evidence. */
const EXCERPT = 200;

/** A request or response body as it may be recorded: JSON and forms member by member, anything else as a short masked excerpt. */
export function redactBody(body: string, contentType: string, pseudonyms: Pseudonyms): string {
  if (contentType.includes('x-www-form-urlencoded')) return redactPairs(body, pseudonyms);
  const json = readJson(body);
  if (json) {
    // Twice, because a member that is shown may quote one that only comes after it.
    redactJson(json.value, '', pseudonyms);
    return JSON.stringify(redactJson(json.value, '', pseudonyms));
  }
  const excerpt = redactText(maskUnread(body, pseudonyms), pseudonyms).slice(0, EXCERPT);
  // Without its control characters, or without its end, a text can turn out to be JSON.
  return readJson(excerpt) ? redactBody(excerpt, contentType, pseudonyms) : excerpt;
}

/** A member of JSON that breaks off, or that something follows, so that no parser takes the whole of it. */
const MEMBER = /"([^"\\]{1,64})"\s{0,9}:\s{0,9}"([^"\\]*(?:\\[\s\S][^"\\]*)*)/g;
const WORD = /[\w~+/=.-]{16,}/g;

/** What no parser takes apart may hold tokens all the same: members by their names, and words that look made up. */
function maskUnread(body: string, pseudonyms: Pseudonyms): string {
  const named = body.replace(MEMBER, (whole, name: string, value: string) =>
    OPEN_MEMBERS.has(name) || value.length <= 3
      ? whole
      : whole.slice(0, -value.length) + pseudonyms.of(name, value),
  );
  return betweenStandIns(named, (part) =>
    part.replace(WORD, (word) => (isOpaque(word) ? pseudonyms.of('value', word) : word)),
  );
}

function readJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Levels of an answer that are looked into; an honest one has two. */
const DEEPEST = 32;

function redactJson(value: unknown, member: string, pseudonyms: Pseudonyms, depth = 0): unknown {
  if (typeof value === 'string') {
    return OPEN_MEMBERS.has(member) || value.length <= 3
      ? redactText(value, pseudonyms)
      : pseudonyms.of(member || 'value', value);
  }
  // A bare number of eight digits or more can be a subscriber's number; timestamps are not worth the risk.
  if (typeof value === 'number' && Math.abs(value) >= 1e7 && !OPEN_MEMBERS.has(member)) {
    return pseudonyms.of(member || 'value', String(value));
  }
  if (typeof value === 'object' && value !== null && depth === DEEPEST) return '…';
  if (Array.isArray(value)) return value.map((item) => redactJson(item, member, pseudonyms, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        redactText(name, pseudonyms),
        redactJson(inner, name, pseudonyms, depth + 1),
      ]),
    );
  }
  return value;
}
