import { OPEN_MEMBERS } from './open-names.ts';
import { betweenStandIns, isOpaque, type Pseudonyms } from './pseudonyms.ts';
import { redactPairs, redactText } from './redact.ts';

/** At most this many characters of an answer that is no JSON are kept as evidence. */
const EXCERPT = 200;

/** A request or response body as it may be recorded: JSON and forms member by member, anything else as a short masked excerpt. */
export function redactBody(body: string, contentType: string, pseudonyms: Pseudonyms): string {
  if (contentType.includes('x-www-form-urlencoded')) {
    // Twice, as below.
    redactPairs(body, pseudonyms);
    return redactPairs(body, pseudonyms);
  }
  const json = readJson(body);
  if (json) {
    // Twice, because a member that is shown may quote one that only comes after it.
    redactJson(json.value, '', { pseudonyms, room: MOST_VALUES });
    return JSON.stringify(redactJson(json.value, '', { pseudonyms, room: MOST_VALUES }));
  }
  const excerpt = redactText(maskUnread(body, pseudonyms), pseudonyms).slice(0, EXCERPT);
  // Without its control characters, or without its end, a text can turn out to be JSON.
  return readJson(excerpt) ? redactBody(excerpt, contentType, pseudonyms) : excerpt;
}

/** Characters of an answer that is no JSON which are looked at for that excerpt. */
const LOOKED_AT = 8192;

/** A member of JSON that breaks off, or that something follows, so that no parser takes the whole of it. */
const MEMBER = /"([^"\\]{1,64})"\s{0,9}:\s{0,9}"([^"\\]*(?:\\[\s\S][^"\\]*)*)/g;
const WORD = /[\w~+/=.-]{16,}/g;

/** What no parser takes apart may hold tokens all the same: members by their names, and words that look made up. */
function maskUnread(body: string, pseudonyms: Pseudonyms): string {
  // The last word may be half of a secret, which is not recognised.
  const start = body.length <= LOOKED_AT ? body : body.slice(0, LOOKED_AT).replace(/[\w~+/=.-]+$/, '');
  const named = start.replace(MEMBER, (whole, name: string, value: string) =>
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
/** Values of an answer that are kept, far above what an honest one has: each new one is looked for in all that follow. */
const MOST_VALUES = 200;

/** What one walk through an answer goes by. */
interface Walk {
  pseudonyms: Pseudonyms;
  /** How many values there is room for. */
  room: number;
}

function redactJson(value: unknown, member: string, walk: Walk, depth = 0): unknown {
  const { pseudonyms } = walk;
  walk.room -= 1;
  if (typeof value === 'string') {
    return OPEN_MEMBERS.has(member) || value.length <= 3
      ? redactText(value, pseudonyms)
      : pseudonyms.of(member || 'value', value);
  }
  // A bare number of eight digits or more can be a subscriber's number; timestamps are not worth the risk.
  if (typeof value === 'number' && Math.abs(value) >= 1e7 && !OPEN_MEMBERS.has(member)) {
    return pseudonyms.of(member || 'value', String(value));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '…';
  const kept: [string, unknown][] = [];
  const isArray = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    if (walk.room <= 0) {
      kept.push(['…', '…']);
      break;
    }
    const shown = isArray ? name : redactText(name, pseudonyms);
    kept.push([shown, redactJson(inner, isArray ? member : name, walk, depth + 1)]);
  }
  return isArray ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}
