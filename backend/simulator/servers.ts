import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Certificate } from './certificate.ts';

export type Listener = (
  request: IncomingMessage,
  response: ServerResponse,
  overTls: boolean,
) => Promise<void>;

export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

export function startHttpServer(listener: Listener): Promise<RunningServer> {
  return listen(createHttpServer((request, response) => serve(listener, request, response, false)));
}

/** One certificate for every host; the name in the handshake is reported, even if no request follows. */
export function startTlsServer(
  certificate: Certificate,
  onHandshake: (name: string) => void,
  listener: Listener,
): Promise<RunningServer> {
  const { key, cert } = certificate;
  return listen(
    createTlsServer(
      {
        key,
        cert,
        SNICallback(name, done) {
          onHandshake(name);
          done(null);
        },
      },
      (request, response) => serve(listener, request, response, true),
    ),
  );
}

function serve(
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
  overTls: boolean,
): void {
  // The client went away while we read or waited: there is nobody left to tell.
  listener(request, response, overTls).catch(() => request.socket.destroy());
}

/** Sockets are kept by hand: closing must also end hanging answers and connections that never finished TLS. */
async function listen(server: Server): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
