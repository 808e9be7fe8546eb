import type { IncomingMessage } from 'node:http';
import type { OperatorState } from './operator-state.ts';
import type { Sent } from './toxic.ts';

/** One request, read as far as the endpoints need it. */
export interface Call {
  method: string;
  path: string;
  /** Without the question mark, as sent. */
  rawQuery: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  cookies: Map<string, string>;
  body: string;
  overTls: boolean;
}

export type Handler = (call: Call, operator: OperatorState) => Sent | Promise<Sent>;

const bodyLimit = 64 * 1024;

/** null when the body is larger than any honest request. */
export async function readCall(request: IncomingMessage, overTls: boolean): Promise<Call | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on, but keep nothing: leaving the loop would drop the connection before the refusal is out.
    if (size <= bodyLimit) chunks.push(chunk);
  }
  if (size > bodyLimit) return null;
  const [path = '', ...rest] = (request.url ?? '').split('?');
  const rawQuery = rest.join('?');
  return {
    method: request.method ?? '',
    path,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: request.headers,
    cookies: readCookies(request.headers.cookie),
    body: Buffer.concat(chunks).toString('utf8'),
    overTls,
  };
}

function readCookies(header: string | undefined): Map<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}
