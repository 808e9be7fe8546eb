/** HTTP as bytes: what no client of ours would ever send. */
import { connect } from 'node:net';

export interface RawReply {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/** Sends these lines and reads the answer to its end. */
export async function rawCall(url: string, lines: string[], body = ''): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...fields] = head.split('\r\n');
  const headers = new Map(
    fields.map((field): [string, string] => {
      const at = field.indexOf(':');
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  return { status: Number(start.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
