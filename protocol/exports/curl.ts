import type { Header, Hop } from '../hop.ts';
import type { Exchange } from '../leg.ts';
import type { Run } from '../run.ts';
import { type ExportContext, isoTime, isPartial, profileHashOf, TOOL_NAME } from './export-context.ts';
import { redactRun } from './redact-run.ts';

/** Headers curl makes by itself, or that say nothing away from the browser. */
const LEFT_OUT = /^(host|connection|content-length|accept-encoding|sec-.*)$/i;
/** RFC 9110 §5.6.2. A name that is none could begin with `@`, which curl reads as a file's name. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** The request as a curl command. It is made from the redacted record, so the stand-ins stay in it. */
export function curlOf({ method, url, headers, body }: Exchange['request']): string {
  // Without --globoff, [1-9] and {a,b} in a URL would be many requests.
  const lines = [
    `curl -sS -i --globoff ${method === 'GET' ? '' : `-X ${quote(method)} `}--url ${quote(url)}`,
    ...headers.filter(isSent).map(({ name, value }) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${quote(body)}`] : []),
  ];
  return lines.join(' \\\n  ');
}

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

function isSent({ name }: Header): boolean {
  return TOKEN.test(name) && !LEFT_OUT.test(name);
}

/** What servers send must not end the quotes and start a command of its own. */
function quote(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}
