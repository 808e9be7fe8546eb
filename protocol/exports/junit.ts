import type { Run } from '../run.ts';
import {
  conditionsOf,
  type ExportContext,
  isoTime,
  isPartial,
  outcomeOf,
  profileHashOf,
  TOOL_NAME,
  totalMs,
} from './export-context.ts';
import type { ExportWords } from './export-words.ts';
import { escapeXml } from './markup-text.ts';
import { redactRun } from './redact-run.ts';
import { verdictWord } from './run-facts.ts';
import { traceIdsOf } from './trace-ids.ts';

/**
 * JUnit XML for CI servers, in the form that Ant's schema and Jenkins both take: a suite a profile, a test case a run.
 * As expected passes; not as expected is a failure; what is inconclusive or still under way is skipped, never counted as either.
 */
export function exportJunit(runs: readonly Run[], context: ExportContext, words: ExportWords): string {
  const suites = new Map<string, Run[]>();
  for (const run of runs.map((one) => redactRun(one))) {
    const key = `${run.profile.id} ${profileHashOf(run, context)}`;
    suites.set(key, [...(suites.get(key) ?? []), run]);
  }
  const file = { context, words, count: runs.length };
  const parts = [...suites.values()].map((suite, at) => suiteOf(suite, at, file));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${parts.join('')}</testsuites>\n`;
}

interface File {
  context: ExportContext;
  words: ExportWords;
  /** Runs in all suites together. */
  count: number;
}

function suiteOf(runs: readonly Run[], at: number, { context, words, count }: File): string {
  const [first] = runs;
  if (!first) return '';
  const names = namesOf(runs, words);
  const attributes = attributesOf({
    id: at,
    name: `${first.profile.name} (${first.profile.id})`,
    package: 'number-verify',
    hostname: 'localhost',
    // xs:dateTime without fraction and zone is what the schema's pattern takes; it is UTC.
    timestamp: (isoTime(first.startedAt) || isoTime(0)).slice(0, 19),
    tests: runs.length,
    failures: runs.filter((run) => outcomeOf(run) === 'not_as_expected').length,
    errors: 0,
    skipped: runs.filter((run) => outcomeOf(run) === 'inconclusive').length,
    time: secondsOf(runs.reduce((sum, run) => sum + (totalMs(run) ?? 0), 0)),
  });
  const properties = {
    tool: `${TOOL_NAME} ${context.toolVersion}`,
    exportingBrowser: `${context.browser.name} ${context.browser.version}`,
    exportedAt: isoTime(context.exportedAt),
    timeZone: context.timeZone,
    filter: context.filter,
    runsInFile: String(count),
    profileHash: profileHashOf(first, context),
  };
  return [
    `  <testsuite ${attributes}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `      <property ${attributesOf({ name, value })}/>`,
    ),
    '    </properties>',
    ...runs.map((run, index) => caseOf(run, names[index] ?? run.id, words)),
    `    <system-out>${runs.map((run, index) => escapeXml(linesOf(run, names[index] ?? run.id))).join('\n')}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>\n',
  ].join('\n');
}

function caseOf(run: Run, name: string, words: ExportWords): string {
  const head = `    <testcase ${attributesOf({ classname: run.profile.id, name, time: secondsOf(totalMs(run) ?? 0) })}`;
  const outcome = outcomeOf(run);
  if (outcome === 'as_expected') return `${head}/>`;
  const verdict = verdictWord(run, words);
  if (outcome === 'inconclusive')
    return `${head}><skipped ${attributesOf({ message: verdict })}/></testcase>`;
  const { failure, cause } = run;
  const texts = [
    failure && words.word('failure', failure.code),
    cause &&
      `${words.word('cause', cause.code)} (${words.word('owner', cause.owner)}, ${words.word('confidence', cause.confidence)})`,
    cause && words.word('cure', cause.cure),
  ].filter((text) => text !== null);
  const attributes = attributesOf({
    type: cause?.code ?? failure?.code ?? run.verdict ?? '',
    message: `${verdict}; ${words.word('label', 'expectation')}: ${words.word('expectation', run.expectation)}`,
  });
  return `${head}><failure ${attributes}>${escapeXml(texts.join('\n'))}</failure></testcase>`;
}

/** CI servers follow a test case by its name, so it says what was tested and nothing that changes; the second of one name is counted. */
function namesOf(runs: readonly Run[], words: ExportWords): string[] {
  const seen = new Map<string, number>();
  return runs.map((run) => {
    const conditions = conditionsOf(run).filter(({ name }) => name !== 'tag');
    const name = [
      run.profile.id,
      ...(run.scenario ? [run.scenario] : []),
      conditions.map((one) => `${one.name} ${one.value} [${one.basis}]`).join(', ') || '-',
      words.word('expectation', run.expectation),
    ].join(' / ');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** What leads from a red test case to the run and to the operator's log. */
function linesOf(run: Run, name: string): string {
  const partial = isPartial(run) ? ' partial' : '';
  const handles = [`correlation_id ${run.correlationId}`, ...traceIdsOf(run).map((id) => `trace ${id}`)];
  return `${name}: run ${run.id} ${run.origin}${partial}, ${isoTime(run.startedAt)}, ${handles.join(', ')}`;
}

function attributesOf(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');
}

function secondsOf(ms: number): string {
  return (Math.max(ms, 0) / 1000).toFixed(3);
}
