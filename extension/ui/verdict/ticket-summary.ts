import type { Run } from '#protocol/run.ts';
import { traceHeader } from '#protocol/trace-id.ts';
import { urlParts } from '../detail/url-parts.ts';
import { operatorWords } from './operator-words.ts';

/** The words of a summary; the caller brings them, so that this stays a pure function of the run. */
export interface SummaryWords {
  label(name: SummaryLabel): string;
  verdict: string;
  expected: string;
  cause: string | null;
  seen: string | null;
  cure: string | null;
}

export type SummaryLabel =
  | 'title'
  | 'time'
  | 'profile'
  | 'origin'
  | 'number'
  | 'verdict'
  | 'expected'
  | 'cause'
  | 'seen'
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
    ['number', run.number?.mask ?? null],
    ['verdict', run.failure ? `${words.verdict} (${run.failure.code})` : words.verdict],
    ['expected', words.expected],
    ['cause', run.cause && words.cause ? `${words.cause} (${run.cause.code})` : words.cause],
    ['seen', words.seen],
    ['operator_said', operatorWords(run.failure)],
    ['do_now', words.cure],
    ['correlation_id', run.correlationId],
    ['run_id', run.id],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value ? [`- **${words.label(name)}**: ${inline(value)}`] : [],
  );
  return [`### ${words.label('title')}`, '', ...lines, '', ...table(run, words), ''].join('\n');
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

/** Operator words must not become a table, a link, an image or a heading of the ticket. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`|<>[\]!#]/g, '\\$&');
}
