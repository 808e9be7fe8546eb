import type { RequestPart } from './row-detail-parts.ts';

/** Headers curl makes by itself, or that say nothing away from the browser. */
const LEFT_OUT = /^(host|connection|content-length|accept-encoding|sec-.*)$/i;

/** The request as a curl command. It is made from the redacted record, so the stand-ins stay in it. */
export function curlOf({ method, url, headers, body }: RequestPart): string {
  // -g: brackets and braces in a URL are what they are, and not a hundred URLs.
  const lines = [`curl -sS -g -i ${method === 'GET' ? '' : `-X ${method} `}${quote(url)}`];
  for (const { name, value } of headers) {
    if (!LEFT_OUT.test(name)) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  if (body) lines.push(`--data-raw ${quote(body)}`);
  return lines.join(' \\\n  ');
}

/** What servers send must not end the quotes and start a command of its own. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
