import type { Hop } from '../hop.ts';
import type { Run } from '../run.ts';
import { curlOf } from './curl-command.ts';
import { type ExportContext, isoTime, isPartial, profileHashOf, TOOL_NAME } from './export-context.ts';
import { redactRun } from './redact-run.ts';

/** A hop as a command; a hop the browser made itself sent nothing, and is none. */
export function curlOfHop(hop: Hop): string | null {
  if (hop.madeBy === 'browser') return null;
  return curlOf({ method: 'GET', url: hop.url, headers: hop.requestHeaders, body: null });
}

/** Every request of the runs in order, as a file to take commands from; it starts nothing by itself. */
export function exportCurl(runs: readonly Run[], context: ExportContext): string {
  const head = [
    `${TOOL_NAME} ${context.toolVersion}, ${context.browser.name} ${context.browser.version}`,
    `${runs.length} runs, exported ${isoTime(context.exportedAt)} (${context.timeZone}) ${context.filter}`,
    'Redacted: put a value where ‹name:1› stands. A code can be redeemed once.',
    'exit: these commands are to be taken one by one.',
  ];
  const parts = runs.map((run) => commandsOf(redactRun(run), context));
  return `${head.map(comment).join('\n')}\nexit\n\n${parts.join('\n')}`;
}

function commandsOf(run: Run, context: ExportContext): string {
  const facts = [
    `run ${run.id}`,
    run.origin,
    ...(isPartial(run) ? ['partial'] : []),
    isoTime(run.startedAt),
    run.profile.id,
    `profile ${profileHashOf(run, context)}`,
    run.verdict ?? run.phase,
  ];
  const hops = run.hops.flatMap((hop) => [
    comment(`hop ${hop.index} ${hop.role} ${hop.madeBy}: ${hop.status ?? hop.error?.code ?? ''}`),
    curlOfHop(hop) ?? comment('made by the browser itself, nothing was sent'),
    '',
  ]);
  const exchanges = run.legs.flatMap(({ name, exchanges }) =>
    exchanges.flatMap((one) => [
      comment(`${name}: ${one.response?.status ?? one.error?.code ?? ''}`),
      curlOf(one.request),
      '',
    ]),
  );
  return [comment(facts.join(', ')), '', ...hops, ...exchanges].join('\n');
}

/** One line, whatever is in it. */
function comment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
}
