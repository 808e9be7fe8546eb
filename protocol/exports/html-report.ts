import type { Run } from '../run.ts';
import { type ExportContext, isoTime, outcomeOf } from './export-context.ts';
import type { ExportLabel, ExportWords } from './export-words.ts';
import { REPORT_STYLE } from './html-style.ts';
import { escapeHtml } from './markup-text.ts';
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

/** The report may load and run nothing at all, whatever an operator's words would want to. */
const CSP = "default-src 'none'; style-src 'unsafe-inline'";

/** One HTML file that opens offline and prints: no script, no font, no image, no link that leaves it. */
export function exportHtml(runs: readonly Run[], context: ExportContext, words: ExportWords): string {
  const redacted = runs.map((run) => redactRun(run));
  const title = escapeHtml(words.word('label', 'title'));
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(words.locale)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${CSP}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style>${REPORT_STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    listOf(fileFacts(runs, context), words),
    `<p class="note">${escapeHtml(words.word('label', 'redacted'))}</p>`,
    overviewOf(redacted, words),
    ...redacted.map((run, at) => articleOf(run, at + 1, { context, words })),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** All runs on one screen, each a link to its part. */
function overviewOf(runs: readonly Run[], words: ExportWords): string {
  if (runs.length < 2) return '';
  const head = headOf(['run', 'started_at', 'profile', 'conditions', 'verdict', 'outcome'], words);
  const rows = runs.map((run, at) => {
    const conditions = conditionTable(run, words).rows.map(
      ([name, value, basis]) => `${name} ${value} (${basis})`,
    );
    const cells = [
      isoTime(run.startedAt),
      run.profile.name,
      conditions.join(', '),
      verdictWord(run, words),
      words.word('expected', outcomeOf(run)),
    ];
    return `<tr><td><a href="#run-${at + 1}">${at + 1}</a>${marks(run, words)}</td>${cells.map(cellOf).join('')}</tr>`;
  });
  return `<div class="scroll"><table>${head}<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function articleOf(
  run: Run,
  position: number,
  { context, words }: { context: ExportContext; words: ExportWords },
): string {
  return [
    `<article id="run-${position}">`,
    `<h2 class="${outcomeOf(run)}">${position}. ${escapeHtml(`${run.profile.name}: ${verdictWord(run, words)}`)}${marks(run, words)}</h2>`,
    listOf(runFacts(run, context, words), words),
    tableOf('conditions', conditionTable(run, words), words),
    tableOf('chain', chainTable(run, words), words),
    tableOf('checks', checkTable(run, words), words),
    '</article>',
  ].join('\n');
}

function marks(run: Run, { word }: ExportWords): string {
  return marksOf(run)
    .map((mark) => `<span class="mark">${escapeHtml(word('label', mark))}</span>`)
    .join('');
}

function listOf(facts: readonly Fact[], { word }: ExportWords): string {
  const pairs = facts.map(
    ([label, value]) =>
      `<dt>${escapeHtml(word('label', label))}</dt><dd><bdi>${escapeHtml(value)}</bdi></dd>`,
  );
  return `<dl>${pairs.join('\n')}</dl>`;
}

function tableOf(title: 'conditions' | 'chain' | 'checks', table: FactTable, words: ExportWords): string {
  if (table.rows.length === 0) return '';
  const rows = table.rows.map((cells) => `<tr>${cells.map(cellOf).join('')}</tr>`);
  const heading = `<h3>${escapeHtml(words.word('label', title))}</h3>`;
  return `${heading}<div class="scroll"><table>${headOf(table.head, words)}<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function headOf(labels: readonly ExportLabel[], { word }: ExportWords): string {
  const cells = labels.map((label) => `<th scope="col">${escapeHtml(word('label', label))}</th>`);
  return `<thead><tr>${cells.join('')}</tr></thead>`;
}

/** Isolated, so that a text that reads from right to left turns nothing around it. */
function cellOf(text: string): string {
  return `<td><bdi>${escapeHtml(text)}</bdi></td>`;
}
