import { randomBytes } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pour } from './pour.ts';
import type { Reply } from './scenario.ts';
import type { Wire } from './servers.ts';
import type { Sent } from './toxic.ts';

/** Puts an answer on the socket, through its toxic if it has one. */
export async function sendAnswer(
  sent: Sent,
  response: ServerResponse,
  wire: Wire,
  closing: AbortSignal,
): Promise<void> {
  const { answer, toxic = null } = typeof sent === 'object' && 'toxic' in sent ? sent : { answer: sent };
  const { socket } = response;
  if (answer === 'hang' || !socket) return;
  if (answer === 'reset') {
    socket.destroy();
    return;
  }
  if (toxic || 'raw' in answer) {
    // Without a length the end of the connection is the end of the answer, and can be late.
    const measured = toxic?.kind !== 'slow_close';
    const bytes = 'raw' in answer ? Buffer.from(answer.raw, 'latin1') : bytesOf(answer, measured);
    await pour(bytes, { socket, reset: wire.reset }, toxic, closing);
    return;
  }
  for (const [name, value] of headersOf(answer, true)) response.setHeader(name, value);
  response.statusCode = answer.status;
  if (!answer.filler) {
    response.end(answer.body ?? '');
    return;
  }
  response.write(answer.body ?? '');
  await pipeline(Readable.from(filler(answer.filler)), response);
}

/** By lower-case name, so that a scenario replaces one of ours in any spelling. */
function headersOf({ headers = {}, body = '', filler = 0 }: Reply, measured: boolean) {
  const all = new Map<string, string | string[]>([
    ['x-vig-trace-id', `${randomBytes(4).toString('hex')}-${randomBytes(2).toString('hex')}`],
    ['cache-control', 'no-store'],
  ]);
  if (measured) all.set('content-length', String(Buffer.byteLength(body) + filler));
  for (const [name, value] of Object.entries(headers)) all.set(name.toLowerCase(), value);
  return all;
}

function bytesOf(reply: Reply, measured: boolean): Buffer {
  const lines = [...headersOf(reply, measured)].flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  );
  const status = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}`;
  const head = [status, ...lines, 'connection: close', '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(reply.body ?? '')]);
}

function* filler(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(65_536, 'x');
  for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
}
