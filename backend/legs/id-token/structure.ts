import { failed, type Judged, passed, type Rule } from '../judged.ts';
import type { IdToken } from './id-token.ts';

const RULE: Rule = { name: 'structure', severity: 'fail', clause: 'RFC 7515 §7.1' };

/** Longer than any real id_token; more is refused unread. */
const LONGEST = 65_536;

/** Three base64url parts, the first two JSON objects. Five parts would be an encrypted token, which no profile asks for. */
export function readIdToken(raw: string): { judged: Judged; idToken: IdToken | null } {
  const parts = raw.length > LONGEST ? [] : raw.split('.');
  const [header, claims] = parts.slice(0, 2).map(decodePart);
  if (parts.length !== 3 || !header || !claims) {
    const seen =
      parts.length === 5 ? 'five parts (encrypted)' : `${parts.length} parts, ${raw.length} characters`;
    return { judged: failed(RULE, 'idtoken.malformed', 'a signed JWT of three parts', seen), idToken: null };
  }
  return { judged: passed(RULE), idToken: { raw, header, claims } };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodePart(part: string): Record<string, unknown> | null {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    const decoded = utf8.decode(Buffer.from(part, 'base64url'));
    const json: unknown = JSON.parse(decoded);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
