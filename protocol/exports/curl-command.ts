import type { Header } from '../hop.ts';
import type { Exchange } from '../leg.ts';

/** Headers curl makes by itself, or that say nothing away from the browser. */
const LEFT_OUT = /^(host|connection|content-length|accept-encoding|sec-.*)$/i;
/** RFC 9110 §5.6.2. A name that is none could begin with `@`, which curl reads as a file's name. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** The request as a curl command. It is made from the redacted record, so the stand-ins stay in it. */
export function curlOf({ method, url, headers, body }: Exchange['request']): string {
  // curl takes a body for a POST unless told otherwise.
  const named = method === 'GET' && !body ? '' : `-X ${quote(method)} `;
  // Without --globoff, [1-9] and {a,b} in a URL would be many requests.
  const lines = [
    `curl -sS -i --globoff ${named}--url ${quote(url)}`,
    ...headers.filter(isSent).map(({ name, value }) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${quote(body)}`] : []),
  ];
  return lines.join(' \\\n  ');
}

function isSent({ name }: Header): boolean {
  return TOKEN.test(name) && !LEFT_OUT.test(name);
}

/** What servers send must not end the quotes and start a command of its own. */
function quote(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
}
