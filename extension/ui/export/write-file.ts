import { exportBundle } from '#protocol/exports/bundle.ts';
import { exportCsv } from '#protocol/exports/csv.ts';
import { exportCurl } from '#protocol/exports/curl.ts';
import { profileDigestInput } from '#protocol/exports/digest-input.ts';
import type { ExportContext } from '#protocol/exports/export-context.ts';
import { type ExportFormat, exportFileName } from '#protocol/exports/file-name.ts';
import { exportHar } from '#protocol/exports/har.ts';
import { exportHtml } from '#protocol/exports/html-report.ts';
import { exportJunit } from '#protocol/exports/junit.ts';
import { exportMarkdown } from '#protocol/exports/markdown.ts';
import { redactRun } from '#protocol/exports/redact-run.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactText } from '#protocol/redact.ts';
import type { Run } from '#protocol/run.ts';

import type { KeptRun } from '../../runner/gather-runs.ts';
import { fileWords } from './file-words.ts';

export interface WrittenFile {
  name: string;
  content: Blob;
}

/** What a file says of the browser that made it, and of the runs that were asked for. */
export type About = Pick<ExportContext, 'toolVersion' | 'browser' | 'timeZone' | 'filter'>;

interface Format {
  type: string;
  /** Meant to be imported again: the records as they were made. What came from a file says so in all others. */
  asRecorded: boolean;
  write: (runs: readonly Run[], context: ExportContext) => string;
}

const FORMATS: Record<ExportFormat, Format> = {
  bundle: { type: 'application/json', asRecorded: true, write: exportBundle },
  har: { type: 'application/json', asRecorded: true, write: exportHar },
  csv: { type: 'text/csv;charset=utf-8', asRecorded: false, write: exportCsv },
  curl: { type: 'text/x-shellscript', asRecorded: false, write: exportCurl },
  html: { type: 'text/html', asRecorded: false, write: (runs, how) => exportHtml(runs, how, fileWords) },
  junit: {
    type: 'application/xml',
    asRecorded: false,
    write: (runs, how) => exportJunit(runs, how, fileWords),
  },
  markdown: {
    type: 'text/markdown;charset=utf-8',
    asRecorded: false,
    write: (runs, how) => exportMarkdown(runs, how, fileWords),
  },
};

/** One file of all these runs. Redaction is most of the work, so the page is let breathe between runs. */
export async function writeFile(
  format: ExportFormat,
  kept: readonly KeptRun[],
  about: About,
  signal: AbortSignal,
): Promise<WrittenFile | null> {
  const { type, asRecorded, write } = FORMATS[format];
  const runs: Run[] = [];
  const profileHashes: Record<string, string> = {};
  for (const { run, imported } of kept) {
    const shown = redactRun(imported && !asRecorded ? { ...run, origin: 'imported' } : run);
    runs.push(shown);
    profileHashes[run.id] = await sha256(profileDigestInput(shown));
    if (runs.length % BREATH === 0) await new Promise((next) => setTimeout(next));
    if (signal.aborted) return null;
  }
  const exportedAt = Date.now();
  // What was searched for is typed by a person, and can be a number like anything else (PR3).
  const filter = redactText(about.filter, createPseudonyms()).slice(0, LONGEST_FILTER);
  const text = write(runs, { ...about, filter, exportedAt, profileHashes });
  return { name: exportFileName(format, runs, exportedAt), content: new Blob([text], { type }) };
}

/** What an import reads of it. */
const LONGEST_FILTER = 500;
/** Runs that are redacted in the time of a frame or two. */
const BREATH = 10;

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
