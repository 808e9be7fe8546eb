import { isTooLarge, MOST_FILE_BYTES, MOST_RUNS } from '../file-limits.ts';
import { type ImportProblem, problemOf } from './import-problem.ts';

/** Levels of a file that are read; a bundle has nine, a HAR file of ours as many. */
const DEEPEST = 64;
/** Objects and lists of a file; a run has 200 to 300, with its headers. */
const MOST_CONTAINERS = MOST_RUNS * 1000;

export type Parsed = { ok: true; value: unknown } | { ok: false; problem: ImportProblem };

/** The JSON of a file, after everything that would make reading it dangerous or slow has been looked for. */
export function parseImport(text: string): Parsed {
  const problem = textProblem(text);
  if (problem) return { ok: false, problem };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, problem: problemOf('import.not_json', { found: 'syntax' }) };
  }
}

function textProblem(text: string): ImportProblem | null {
  if (isTooLarge(utf8Length(text, MOST_FILE_BYTES))) return problemOf('import.too_large');
  const found = otherForm(text);
  if (found) return problemOf('import.not_json', { found });
  const { depth, containers } = formOf(text);
  if (depth > DEEPEST) return problemOf('import.too_deep');
  return containers > MOST_CONTAINERS ? problemOf('import.too_many_entries') : null;
}

/** Files that are no JSON by their first characters, as reading bytes as UTF-8 shows them. */
function otherForm(text: string): string | null {
  if (text.trim() === '') return 'empty';
  if (text.startsWith('\u001f\u008b') || text.startsWith('\u001f\ufffd')) return 'gzip';
  if (text.startsWith('PK\u0003\u0004')) return 'zip';
  // UTF-16 brings NULs between letters; its own mark is no UTF-8, or was taken for two letters.
  if (/^(?:\ufffd\ufffd|ÿþ|þÿ|\ufffe)/.test(text) || text.slice(0, 64).includes('\0')) return 'utf16';
  return text.startsWith('\ufeff') ? 'byte_order_mark' : null;
}

/** Bytes in UTF-8, counted no further than `enough`. */
export function utf8Length(text: string, enough: number): number {
  if (text.length > enough || text.length * 3 <= enough) return text.length;
  let bytes = 0;
  for (let at = 0; at < text.length && bytes <= enough; at += 1) {
    const unit = text.charCodeAt(at);
    // Half of a pair is two of the four bytes; alone it becomes U+FFFD, of three, which is near enough here.
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

/** Objects and lists, and how deep they lie; counted without a stack of calls, which is what deep JSON would break. */
function formOf(text: string): { depth: number; containers: number } {
  let open = 0;
  let depth = 0;
  let containers = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (quoted) {
      if (unit === BACKSLASH) at += 1;
      else if (unit === QUOTE) quoted = false;
    } else if (unit === QUOTE) quoted = true;
    else if (unit === BRACE || unit === BRACKET) {
      containers += 1;
      open += 1;
      depth = Math.max(depth, open);
    } else if (unit === BRACE + 2 || unit === BRACKET + 2) open -= 1;
  }
  return { depth, containers };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACKET = 0x5b;
