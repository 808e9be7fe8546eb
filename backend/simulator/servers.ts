import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificate } from './certificate.ts';

/** What a listener is told of the connection a request came by. */
export interface Wire {
  overTls: boolean;
  /** Ends it by RST, as a network does, and not in good order. */
  reset(): void;
}

export type Listener = (request: IncomingMessage, response: ServerResponse, wire: Wire) => Promise<void>;

export interface RunningServer {
  port: number;
  /** From now on nothing takes a connection to the port; what is under way may end. */
  refuse(): void;
  /** Takes connections again. */
  accept(): Promise<void>;
  close(): Promise<void>;
}

/** Bad Locations come back as request lines; an honest one is a hundredth of this. */
const maxHeaderSize = 256 * 1024;

export function startHttpServer(listener: Listener): Promise<RunningServer> {
  const sockets = new Map<number, Socket>();
  const serve = serving(listener, false, sockets);
  return listen(createHttpServer({ maxHeaderSize }, serve), sockets);
}

/** Which certificate a name in a handshake is shown, even if no request follows. */
export type ShownTo = (name: string) => Certificate;

export function startTlsServer(
  usual: Certificate,
  shownTo: ShownTo,
  listener: Listener,
): Promise<RunningServer> {
  const sockets = new Map<number, Socket>();
  const { key, cert } = usual;
  const SNICallback = (name: string, done: (error: null, context?: SecureContext) => void) => {
    const shown = shownTo(name);
    done(null, shown === usual ? undefined : createSecureContext({ key: shown.key, cert: shown.cert }));
  };
  const serve = serving(listener, true, sockets);
  return listen(createTlsServer({ maxHeaderSize, key, cert, SNICallback }, serve), sockets);
}

function serving(listener: Listener, overTls: boolean, sockets: Map<number, Socket>) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    // A TLS socket cannot be reset, only the one below it.
    const reset = () => sockets.get(socket.remotePort ?? 0)?.resetAndDestroy();
    // The client went away while we read or waited: there is nobody left to tell.
    listener(request, response, { overTls, reset }).catch(() => socket.destroy());
  };
}

/** Sockets are kept by hand: closing must also end hanging answers and connections that never finished TLS. */
async function listen(server: HttpServer, sockets: Map<number, Socket>): Promise<RunningServer> {
  server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => {
      if (sockets.get(port) === socket) sockets.delete(port);
    });
  });
  const listenOn = async (port: number) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
    await promise;
    server.off('error', reject);
  };
  let closed = false;
  await listenOn(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    refuse: () => void server.close(),
    accept: async () => {
      if (!server.listening && !closed) await listenOn(port);
    },
    close() {
      closed = true;
      return new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets.values()) socket.destroy();
      });
    },
  };
}
