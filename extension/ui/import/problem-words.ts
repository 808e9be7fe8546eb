import { MOST_FILE_BYTES, MOST_RUNS } from '#protocol/file-limits.ts';
import type { ImportCode, ImportProblem } from '#protocol/imports/import-problem.ts';

import { spellCount } from '../counts.ts';
import { spellBytes } from '../export/spell.ts';
import { say } from '../words.ts';

type Reason = ImportCode extends `import.${infer Name}` ? Name : never;

export function problemWords({ code }: ImportProblem): string {
  const reason = code.replace('import.', '') as Reason;
  if (reason === 'too_large') return say('import_problem.too_large', [spellBytes(MOST_FILE_BYTES)]);
  if (reason === 'too_many_entries') return say('import_problem.too_many_entries', [spellCount(MOST_RUNS)]);
  return say(`import_problem.${reason}`);
}

/** Where in the file, as far as it is known: `at hops.2.status`, `found: gzip`. */
export function problemPlace({ field, found }: ImportProblem): string {
  return [
    field && say('import.at_field', [field]),
    found && say('import.found_instead', [found.replaceAll('_', ' ')]),
  ]
    .filter(Boolean)
    .join(', ');
}
