import type { Hop } from '#protocol/hop.ts';

/** Bytes of an answer's body that are read at most: enough for a title and a form. */
const MOST = 32_768;

/** What an answer that is no redirect shows, as text. The body is read up to a cap, never executed, never kept. */
export async function readPage(
  response: Response,
): Promise<{ page: NonNullable<Hop['page']>; body: string }> {
  const contentType = response.headers.get('content-type') ?? '';
  const body = await readStart(response);
  const html = /html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(body);
  const title = html ? /<title[^>]*>([^<]*)/i.exec(body)?.[1] : undefined;
  return {
    page: {
      contentType: contentType.slice(0, 120),
      title: title ? plainText(title) : null,
      asksForNumber: html && asksForNumber(body),
    },
    body,
  };
}

async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
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

/** A form with a field for a telephone number: the operator did not recognise the SIM and asks the person. */
function asksForNumber(html: string): boolean {
  return /<input[^>]+(type=["']?tel|name=["']?[^"'\s>]*(msisdn|phone|mobile|number))/i.test(html);
}

/** HTML character references that titles use, resolved; control characters dropped; capped. */
function plainText(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
  return text
    .replace(/&(?:#(\d+)|(\w+));/g, (whole, code, name) =>
      code ? String.fromCodePoint(Number(code)) : (named[name] ?? whole),
    )
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}
