import { TOOL_NAME } from '../exports/export-context.ts';
import { MOST_RUNS } from '../file-limits.ts';
import { readForeignHar } from './foreign-har.ts';
import { problemOf } from './import-problem.ts';
import type { Imported } from './imported.ts';
import { readOwnHar } from './own-har.ts';
import { parseImport } from './parse-import.ts';
import { isObject, listOf, memberOf, textOf } from './read-member.ts';

/** Entries of one file that are looked at: fifty a run, and a browser's recording of an afternoon. */
export const MOST_ENTRIES = MOST_RUNS * 50;

/** A HAR file: one of ours back to whole runs, one of a browser or a proxy to the redirect chains in it. */
export function readHar(text: string): Imported {
  const parsed = parseImport(text);
  return parsed.ok ? harOf(parsed.value) : parsed;
}

export function isHar(value: unknown): boolean {
  return isObject(memberOf(value, 'log'));
}

export function harOf(value: unknown): Imported {
  const log = memberOf(value, 'log');
  if (!isObject(log)) return { ok: false, problem: problemOf('import.wrong_format', { field: 'log' }) };
  // "If empty, version 1.1 is assumed" (HAR 1.2, log).
  const version = memberOf(log, 'version') || '1.1';
  if (version !== '1.1' && version !== '1.2') {
    const found = String(textOf(version) ?? '').slice(0, 20) || null;
    return { ok: false, problem: problemOf('import.unsupported_version', { field: 'log.version', found }) };
  }
  const entries = memberOf(log, 'entries');
  if (!Array.isArray(entries)) {
    return { ok: false, problem: problemOf('import.wrong_format', { field: 'log.entries' }) };
  }
  const pages = listOf(memberOf(log, 'pages'));
  if (entries.length > MOST_ENTRIES || pages.length > MOST_RUNS) {
    return { ok: false, problem: problemOf('import.too_many_entries', { field: 'log.entries' }) };
  }
  const ours = memberOf(memberOf(log, 'creator'), 'name') === TOOL_NAME;
  return ours && pages.every((page) => isObject(memberOf(page, '_run')))
    ? readOwnHar(pages, entries)
    : readForeignHar(entries);
}
