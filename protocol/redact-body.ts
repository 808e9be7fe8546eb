import { type Pseudonyms, redactParameter, redactText } from './redact.ts';

/** JSON members whose values describe an answer and identify nobody. */
const OPEN_MEMBERS = new Set([
  'code',
  'correlation_id',
  'device_msisdn_verified',
  'error',
  'error_description',
  'error_uri',
  'expires_in',
  'message',
  'scope',
  'status',
  'token_type',
]);

/** At most this many characters of an answer that is no JSON are kept as evidence. */
const EXCERPT = 200;

/** A request or response body as it may be recorded: JSON and forms member by member, anything else as a short masked excerpt. */
export function redactBody(body: string, contentType: string, pseudonyms: Pseudonyms): string {
  if (contentType.includes('x-www-form-urlencoded')) return redactForm(body, pseudonyms);
  try {
    return JSON.stringify(redactJson(JSON.parse(body), '', pseudonyms));
  } catch {
    return redactText(body.slice(0, EXCERPT), pseudonyms);
  }
}

function redactForm(body: string, pseudonyms: Pseudonyms): string {
  return [...new URLSearchParams(body)]
    .map(([name, value]) => `${name}=${redactParameter(name, value, pseudonyms)}`)
    .join('&');
}

function redactJson(value: unknown, member: string, pseudonyms: Pseudonyms): unknown {
  if (typeof value === 'string') {
    return OPEN_MEMBERS.has(member) || value.length <= 3
      ? redactText(value, pseudonyms)
      : pseudonyms.of(member || 'value', value);
  }
  // A bare number of eight digits or more can be a subscriber's number; timestamps are not worth the risk.
  if (typeof value === 'number' && Math.abs(value) >= 1e7 && !OPEN_MEMBERS.has(member)) {
    return pseudonyms.of(member || 'value', String(value));
  }
  if (Array.isArray(value)) return value.map((item) => redactJson(item, member, pseudonyms));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, redactJson(inner, name, pseudonyms)]),
    );
  }
  return value;
}
