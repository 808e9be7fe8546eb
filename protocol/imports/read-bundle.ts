import * as z from 'zod/mini';

import { BUNDLE_FORMAT, BUNDLE_VERSION } from '../exports/bundle.ts';
import { MOST_RUNS } from '../file-limits.ts';
import { type ImportProblem, problemOf } from './import-problem.ts';
import { asImported, type FileFacts, type Imported } from './imported.ts';
import { parseImport } from './parse-import.ts';
import { memberOf } from './read-member.ts';
import { readRun } from './read-run.ts';

/** A JSON bundle of ours back to whole runs. */
export function readBundle(text: string): Imported {
  const parsed = parseImport(text);
  return parsed.ok ? bundleOf(parsed.value) : parsed;
}

const Short = z.string().check(z.maxLength(500));
const Head = z.object({
  tool: z.object({ version: Short }),
  browser: z.object({ name: Short, version: Short }),
  exportedAt: z.int(),
  timeZone: Short,
  filter: Short,
  profileHashes: z.record(z.uuid(), z.string().check(z.regex(/^[0-9a-f]{64}$/))),
});

export function bundleOf(value: unknown): Imported {
  const refuse = (problem: ImportProblem): Imported => ({ ok: false, problem });
  if (memberOf(value, 'format') !== BUNDLE_FORMAT) return refuse(problemOf('import.wrong_format'));
  const version = memberOf(value, 'version');
  if (version !== BUNDLE_VERSION) return refuse(versionProblem(version));
  const entries = memberOf(value, 'runs');
  if (!Array.isArray(entries)) return refuse(problemOf('import.wrong_format', { field: 'runs' }));
  if (entries.length > MOST_RUNS) return refuse(problemOf('import.too_many_entries', { field: 'runs' }));
  const read = entries.map(readRun);
  return {
    ok: true,
    format: 'bundle',
    runs: read.flatMap((one) => (one.ok ? [asImported(one.run)] : [])),
    problems: read.flatMap((one) => (one.ok ? [] : [one.problem])),
    containsSecret: read.some((one) => one.ok && one.containsSecret),
    file: factsOf(value),
  };
}

/** A newer version can mean other things by the same names; it is not guessed at (E5). */
function versionProblem(version: unknown): ImportProblem {
  return typeof version === 'number' && Number.isInteger(version)
    ? problemOf('import.unsupported_version', { field: 'version', found: String(version) })
    : problemOf('import.wrong_format', { field: 'version' });
}

/** What the file says of itself is shown, so it is worth no refusal. */
function factsOf(value: unknown): FileFacts | null {
  const head = Head.safeParse(value);
  if (!head.success) return null;
  const { tool, browser, exportedAt, timeZone, filter, profileHashes } = head.data;
  return { toolVersion: tool.version, browser, exportedAt, timeZone, filter, profileHashes };
}
