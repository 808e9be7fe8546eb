import { isTooLarge } from '#protocol/file-limits.ts';
import { type ImportProblem, problemOf } from '#protocol/imports/import-problem.ts';
import { asRecorded, type FileFacts, type Imported } from '#protocol/imports/imported.ts';
import { readImport } from '#protocol/imports/read-import.ts';
import type { Run } from '#protocol/run.ts';

/** What a page asks of the thread that reads its file: first the file, then its runs, one by one. */
export type ReaderRequest = { file: File } | { run: number };

export type ReadFile =
  | { ok: false; problem: ImportProblem }
  | {
      ok: true;
      format: 'bundle' | 'har';
      runs: number;
      problems: ImportProblem[];
      containsSecret: boolean;
      file: FileFacts | null;
    };

export type ReaderReply = { read: ReadFile } | { run: Run };

/**
 * Reads a file in a thread of its own: a hundred megabytes take seconds, in which the page has to answer and a run under way
 * in the background has to go on. The runs stay here until they are asked for.
 */
export function openImportReader(): void {
  let imported: Imported | null = null;
  addEventListener('message', async ({ data }: MessageEvent<ReaderRequest>) => {
    if ('file' in data) {
      imported = await readFile(data.file);
      return reply({ read: factsOf(imported) });
    }
    const wanted = imported?.ok ? imported.runs[data.run] : undefined;
    if (wanted) reply({ run: asRecorded(wanted) });
  });
}

function reply(message: ReaderReply): void {
  postMessage(message);
}

async function readFile(file: File): Promise<Imported> {
  if (isTooLarge(file.size)) return { ok: false, problem: problemOf('import.too_large') };
  try {
    // `text()` would take a byte order mark away before anyone has seen it.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return readImport(decoder.decode(await file.arrayBuffer()));
  } catch {
    return { ok: false, problem: problemOf('import.unreadable') };
  }
}

function factsOf(imported: Imported): ReadFile {
  return imported.ok ? { ...imported, runs: imported.runs.length } : imported;
}
