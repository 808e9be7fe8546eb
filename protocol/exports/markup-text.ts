/** Characters XML 1.0 has no place for (§2.2 Char), which no reference can bring in either; half a surrogate pair is one. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any text as content or as a quoted attribute of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (one) => ENTITIES[one] ?? '');
}

/** The same for XML, whose parsers turn line ends and tabs of an attribute into blanks unless they are references (§3.3.3). */
export function escapeXml(text: string): string {
  return escapeHtml(text).replace(/[\t\n\r]/g, (one) => `&#${one.charCodeAt(0)};`);
}
