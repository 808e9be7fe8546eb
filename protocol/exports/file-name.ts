import type { Run } from '../run.ts';

/** The ending of each format's files. */
const ENDINGS = {
  har: 'har',
  bundle: 'json',
  csv: 'csv',
  junit: 'xml',
  html: 'html',
  markdown: 'md',
  curl: 'sh',
} as const;
export type ExportFormat = keyof typeof ENDINGS;

/** A file name of our own making: nothing a person, an operator or an import wrote is in it as it came (E16). */
export function exportFileName(format: ExportFormat, runs: readonly Run[], exportedAt: number): string {
  const [only] = runs;
  const what = runs.length === 1 && only ? nameOf(only) : `${runs.length}-runs`;
  return `number-verify_${stampOf(exportedAt)}_${what}.${ENDINGS[format]}`;
}

function nameOf({ profile, verdict, id }: Run): string {
  const parts = [profile.id, verdict ?? 'partial', id.slice(0, 8)];
  return parts
    .map((part) =>
      part
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 40),
    )
    .join('_');
}

/** `20261122T135500Z`: sorts by time, and has no colon, which Windows refuses. */
function stampOf(ms: number): string {
  if (!(Math.abs(ms) <= 8.64e15)) return 'undated';
  return new Date(ms).toISOString().replace(/[-:+]|\.\d+/g, '');
}
