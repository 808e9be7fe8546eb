import type { Evidence } from '#protocol/diagnosis/cause.ts';
import { unlinked } from '#protocol/exports/markdown-text.ts';
import type { Run } from '#protocol/run.ts';
import { traceHeader } from '#protocol/trace-id.ts';
import { urlParts } from '../detail/url-parts.ts';
import { operatorWords } from './operator-words.ts';

/** The words of a summary; the caller brings them, so that this stays a pure function of the run. */
export interface SummaryWords {
  label(name: SummaryLabel): string;
  verdict: string;
  /** How leg 1 was walked. */
  capture: string;
  expected: string;
  cause: string | null;
  seen: string | null;
  cure: string | null;
  /** Who has to act, and through whom it came about. */
  owner: string | null;
  mechanism: string | null;
  /** How sure it is that it was seen, and that it is the cause. */
  seenConfidence: string | null;
  causeConfidence: string | null;
  retry: string | null;
  codeSpent: string | null;
  hashDoctor: string | null;
  evidence(one: Evidence): string;
  check: Record<'failed' | 'warned', string>;
}

export type SummaryLabel =
  | 'title'
  | 'time'
  | 'profile'
  | 'origin'
  | 'capture'
  | 'number'
  | 'verdict'
  | 'expected'
  | 'cause'
  | 'cause_confidence'
  | 'owner'
  | 'mechanism'
  | 'seen'
  | 'seen_confidence'
  | 'retry'
  | 'code_spent'
  | 'hash_doctor'
  | 'evidence'
  | 'checks'
  | 'expected_value'
  | 'actual_value'
  | 'scenario'
  | 'operator_said'
  | 'do_now'
  | 'correlation_id'
  | 'run_id'
  | 'hop'
  | 'host'
  | 'role'
  | 'status'
  | 'time_ms'
  | 'trace_id';

/** Markdown for a ticket: what an operator's support asks for, and nothing that identifies the subscriber. */
export function ticketSummary(run: Run, words: SummaryWords): string {
  const facts: [SummaryLabel, string | null][] = [
    ['time', new Date(run.startedAt).toISOString()],
    ['profile', `${run.profile.name} (${run.profile.id})`],
    ['origin', run.origin],
    // A request of the background is the plain case.
    ['capture', run.capture === 'fetch' ? null : words.capture],
    ['scenario', run.scenario],
    ['number', run.number?.mask ?? null],
    ['verdict', run.failure ? `${words.verdict} (${run.failure.code})` : words.verdict],
    ['expected', words.expected],
    ['cause', run.cause && words.cause ? `${words.cause} (${run.cause.code})` : words.cause],
    ['cause_confidence', words.causeConfidence],
    ['owner', words.owner],
    ['mechanism', words.mechanism],
    ['seen', words.seen],
    ['seen_confidence', words.seenConfidence],
    ['operator_said', operatorWords(run.failure)],
    ['retry', words.retry],
    ['code_spent', words.codeSpent],
    ['hash_doctor', words.hashDoctor],
    ['do_now', words.cure],
    ['correlation_id', run.correlationId],
    ['run_id', run.id],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value ? [`- **${words.label(name)}**: ${inline(value)}`] : [],
  );
  const parts = [lines, evidenceOf(run, words), checksOf(run, words), table(run, words)];
  const text = parts.filter((part) => part.length > 0).map((part) => part.join('\n'));
  return [`### ${words.label('title')}`, ...text, ''].join('\n\n').trimEnd().concat('\n');
}

function evidenceOf(run: Run, words: SummaryWords): string[] {
  const lines = (run.cause?.evidence ?? []).map(
    (one) => `- ${inline(`${words.evidence(one)}: ${one.detail}`)}`,
  );
  return lines.length > 0 ? [`**${words.label('evidence')}**`, '', ...lines] : [];
}

/** What was expected and what came, as it was recorded: redacted, so that equal stand-ins are equal values. */
function checksOf(run: Run, { label, check: outcomes }: SummaryWords): string[] {
  const lines = run.legs.flatMap((leg) =>
    leg.checks.flatMap(({ name, result, clause, expected, actual }) =>
      result === 'failed' || result === 'warned'
        ? [
            inline(
              `${leg.name} ${name} (${clause}) ${outcomes[result]}: ${label('expected_value')} ${expected ?? '–'}, ${label('actual_value')} ${actual ?? '–'}`,
            ),
          ]
        : [],
    ),
  );
  return lines.length > 0 ? [`**${label('checks')}**`, '', ...lines.map((line) => `- ${line}`)] : [];
}

function table(run: Run, { label }: SummaryWords): string[] {
  const head = (['hop', 'host', 'role', 'status', 'time_ms', 'trace_id'] as const).map(label);
  const hops = run.hops.map((hop) => [
    hop.madeBy === 'browser' ? `${hop.index} →` : String(hop.index),
    hostOf(hop.url),
    hop.madeBy === 'browser' ? 'browser' : hop.role,
    String(hop.status ?? hop.error?.code ?? ''),
    spell(hop.durationMs),
    traceHeader(hop.responseHeaders)?.value ?? '',
  ]);
  const exchanges = run.legs.flatMap((leg) =>
    leg.exchanges.map(({ request, response, error, durationMs }) => [
      leg.name,
      hostOf(request.url),
      'backend',
      String(response?.status ?? error?.code ?? ''),
      spell(durationMs),
      traceHeader(response?.headers ?? [])?.value ?? '',
    ]),
  );
  const rule = head.map(() => '---');
  return [head, rule, ...hops, ...exchanges].map((cells) => `| ${cells.map(inline).join(' | ')} |`);
}

function hostOf(url: string): string {
  const { scheme, host } = urlParts(url);
  return scheme === 'http' ? `http://${host}` : host;
}

function spell(ms: number | null): string {
  return ms === null ? '' : String(Math.round(ms));
}

/** Operator words must not become a table, a link, an image, a mention or a heading of the ticket. */
function inline(text: string): string {
  return unlinked(text.replace(/\s+/g, ' ').replace(/[\\`|<>[\]!#&]/g, '\\$&'));
}
