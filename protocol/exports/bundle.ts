import type { Run } from '../run.ts';
import { canonicalJson } from './canonical-json.ts';
import { type ExportContext, isPartial, TOOL_NAME } from './export-context.ts';
import { redactRun } from './redact-run.ts';

export const BUNDLE_FORMAT = 'number-verify-inspector-bundle';
export const BUNDLE_VERSION = 1;

/**
 * Whole runs as JSON, to be read back. Canonical: the same runs and context are the same bytes, also after an import (E17).
 * One run a line, so that two bundles can be compared as text.
 */
export function exportBundle(runs: readonly Run[], context: ExportContext): string {
  const head = canonicalJson({
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    tool: { name: TOOL_NAME, version: context.toolVersion },
    browser: { name: context.browser.name, version: context.browser.version },
    exportedAt: context.exportedAt,
    timeZone: context.timeZone,
    filter: context.filter,
    profileHashes: Object.fromEntries(
      runs.flatMap(({ id }) =>
        Object.hasOwn(context.profileHashes, id) ? [[id, context.profileHashes[id]]] : [],
      ),
    ),
    count: runs.length,
    partial: runs.filter(isPartial).map(({ id }) => id),
  });
  const lines = runs.map((run) => canonicalJson(redactRun(run)));
  return `${head.slice(0, -1)},"runs":[\n${lines.join(',\n')}\n]}\n`;
}
