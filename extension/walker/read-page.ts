import type { Hop } from '#protocol/hop.ts';

import { pageSigns } from './page-signs.ts';

/** Bytes of an answer's body that are read at most: enough for a title and a form. */
const MOST = 32_768;

/** What an answer that is no redirect shows, as text. The body is read up to a cap, never executed, never kept. */
export async function readPage(
  response: Response,
): Promise<{ page: NonNullable<Hop['page']>; body: string }> {
  const contentType = response.headers.get('content-type') ?? '';
  const body = await readStart(response, charsetOf(contentType));
  const html = /html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(body);
  const title = html ? TITLE.exec(body)?.[1] : undefined;
  return {
    page: {
      contentType: contentType.slice(0, 120),
      title: title ? plainText(title) : null,
      shows: html ? pageSigns(body) : [],
    },
    body,
  };
}

/** The page's own encoding; one that no decoder knows is read as UTF-8. */
function charsetOf(contentType: string): string {
  const named = /charset=["']?([\w-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return 'utf-8';
  }
}

async function readStart(response: Response, charset: string): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder(charset);
  let text = '';
  try {
    while (text.length < MOST) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // A body that breaks off still shows what came of it.
  }
  await reader.cancel().catch(() => undefined);
  return text.slice(0, MOST);
}

/** Bounded, and looks no further than the next tag: a page of open tags would otherwise keep it busy for minutes. */
const TITLE = /<title\b[^<>]{0,200}>([^<]{0,2000})/i;

const NAMED = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }));

/** HTML character references that titles use, resolved; control characters dropped; capped. */
export function plainText(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,5}));/gi, (whole, decimal, hex, name) => {
      if (name) return NAMED.get(name) ?? whole;
      return character(decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16));
    })
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}

/** What is no character is U+FFFD, as everywhere in HTML. */
function character(code: number): string {
  const none = code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return none ? '\ufffd' : String.fromCodePoint(code);
}
