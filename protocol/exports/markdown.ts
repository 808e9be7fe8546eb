import type { Run } from '../run.ts';
import type { ExportContext } from './export-context.ts';
import type { ExportWords } from './export-words.ts';
import { unlinked } from './markdown-text.ts';
import { redactRun } from './redact-run.ts';
import {
  chainTable,
  checkTable,
  conditionTable,
  type Fact,
  type FactTable,
  fileFacts,
  marksOf,
  runFacts,
  verdictWord,
} from './run-facts.ts';

/** Markdown for a ticket or a wiki: what the file is, then run by run the facts, the conditions, the chain and what a check found fault with. */
export function exportMarkdown(runs: readonly Run[], context: ExportContext, words: ExportWords): string {
  const parts = [
    `# ${inline(words.word('label', 'title'))}`,
    listOf(fileFacts(runs, context), words),
    inline(words.word('label', 'redacted')),
    ...runs.map((run, at) => runPart(redactRun(run), at + 1, { context, words })),
  ];
  return `${parts.join('\n\n')}\n`;
}

function runPart(
  run: Run,
  position: number,
  { context, words }: { context: ExportContext; words: ExportWords },
): string {
  const marks = marksOf(run).map((mark) => ` **[${inline(words.word('label', mark))}]**`);
  const checks = checkTable(
    {
      ...run,
      legs: run.legs.map((leg) => ({ ...leg, checks: leg.checks.filter(isTelling) })),
    },
    words,
  );
  return [
    `## ${position}. ${inline(`${run.profile.name}: ${verdictWord(run, words)}`)}${marks.join('')}`,
    listOf(runFacts(run, context, words), words),
    ...tableOf('conditions', conditionTable(run, words), words),
    ...tableOf('chain', chainTable(run, words), words),
    ...tableOf('checks', checks, words),
  ].join('\n\n');
}

/** In the JSON bundle stand all of them; a ticket is about those that need someone. */
function isTelling({ result }: Run['legs'][number]['checks'][number]): boolean {
  return result === 'failed' || result === 'warned';
}

function listOf(facts: readonly Fact[], { word }: ExportWords): string {
  return facts.map(([label, value]) => `- **${inline(word('label', label))}**: ${inline(value)}`).join('\n');
}

function tableOf(
  title: 'conditions' | 'chain' | 'checks',
  table: FactTable,
  { word }: ExportWords,
): string[] {
  if (table.rows.length === 0) return [];
  const head = table.head.map((label) => word('label', label));
  const lines = [head, head.map(() => '---'), ...table.rows].map(
    (cells, at) => `| ${cells.map(at === 1 ? String : inline).join(' | ')} |`,
  );
  return [`### ${inline(word('label', title))}`, lines.join('\n')];
}

/** Operator words must not become a table, a link, an image, a mention, markup or a heading of the ticket. */
function inline(text: string): string {
  const escaped = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\\`|<>[\]!#*_~&]/g, '\\$&')
    // At the beginning of a line it would make a list.
    .replace(/^[-+]/, '\\$&');
  return unlinked(escaped);
}
