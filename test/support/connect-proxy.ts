/** A real HTTP proxy that opens tunnels, as companies have them. Every name leads to one port of this machine. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

interface Tunnel {
  to: string;
  headers: IncomingHttpHeaders;
}

export interface ConnectProxy {
  url: string;
  /** What it was asked for so far. */
  tunnels: Tunnel[];
  /** What passed through from the client, as bytes. */
  seen(): string;
  /** Answers with these bytes instead of opening tunnels; null hangs up, and the empty string says nothing. */
  answerWith(bytes: string | null): void;
  close(): Promise<void>;
}

export async function startConnectProxy(leadsTo: number, tls?: ServerOptions): Promise<ConnectProxy> {
  const tunnels: Tunnel[] = [];
  const sockets = new Set<Socket>();
  let answer: string | null | undefined;
  let seen = '';
  const keep = (socket: Socket) => sockets.add(socket.on('error', () => socket.destroy()));
  const server = (tls ? createTlsServer(tls) : createServer()).on('connect', (request, near: Socket) => {
    tunnels.push({ to: request.url ?? '', headers: request.headers });
    keep(near);
    if (answer === null) return void near.destroy();
    if (answer !== undefined) return void near.write(answer);
    const far = connect(leadsTo, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.on('data', (chunk) => {
        seen += chunk.toString('latin1');
      });
      near.pipe(far).pipe(near);
    });
    keep(far);
    near.once('close', () => far.destroy());
  });
  server.on('connection', keep);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    tunnels,
    seen: () => seen,
    answerWith: (bytes) => {
      answer = bytes;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
