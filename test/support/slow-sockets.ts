/** Connections that never come to the end of a request, and what becomes of them. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface SlowEnd {
  /** Milliseconds from the connection to its end. */
  lived: number;
  /** What the server said before it went. */
  said: string;
}

const KINDS = {
  'says nothing': () => '',
  'stops within its headers': (host: string) => `GET /healthz HTTP/1.1\r\nhost: ${host}\r\nx-slow: `,
  'drips its headers': (host: string) => `GET /healthz HTTP/1.1\r\nhost: ${host}\r\nx-slow: `,
  'drips its body': (host: string, key: string) =>
    `POST /v1/runs HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{"id":"`,
};
export type SlowKind = keyof typeof KINDS;
export const SLOW_KINDS = Object.keys(KINDS) as SlowKind[];

/** Opens one, and answers when the server has closed it. A drip is a byte every `dripMs`. */
export async function slowSocket(url: string, kind: SlowKind, key: string, dripMs: number): Promise<SlowEnd> {
  const { hostname, port, protocol } = new URL(url);
  const isTls = protocol === 'https:';
  const socket: Socket = isTls
    ? connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false })
    : connect(Number(port), hostname);
  const began = performance.now();
  let said = '';
  socket.on('error', () => undefined);
  socket.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await new Promise((resolve) => socket.once(isTls ? 'secureConnect' : 'connect', resolve));
  socket.write(KINDS[kind](hostname, key));
  const drip = kind.startsWith('drips') ? setInterval(() => socket.write('x'), dripMs) : undefined;
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drip);
  return { lived: performance.now() - began, said };
}
