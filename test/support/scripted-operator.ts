/** A real HTTP or HTTPS server on loopback whose answers a test decides, down to the bytes on the socket. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers one request; whoever wants to answer with something that is no HTTP takes `response.socket`. */
export type Script = (asked: Asked, response: ServerResponse) => void | Promise<void>;

export interface ScriptedOperator {
  origin: string;
  /** Every request so far, by path. */
  asked(path: string): Asked[];
  /** What answers on a path from now on. */
  on(path: string, script: Script): void;
  close(): Promise<void>;
}

export async function startScriptedOperator(tls?: ServerOptions): Promise<ScriptedOperator> {
  const scripts = new Map<string, Script>();
  const log: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = (tls ? createTlsServer(tls) : createServer()).on(
    'request',
    async (request, response: ServerResponse) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://relative.invalid');
      const { method = '', headers } = request;
      const asked = { method, path: pathname, query: searchParams, headers, body };
      log.push(asked);
      const script = scripts.get(pathname);
      if (script) await script(asked, response);
      else response.writeHead(404).end();
    },
  );
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    asked: (path) => log.filter((one) => one.path === path),
    on: (path, script) => void scripts.set(path, script),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers with a status and a body: text as it is, anything else as JSON. */
export function answering(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  const text = typeof body === 'string';
  return (_asked, response) => {
    const type = { 'content-type': text ? 'text/html' : 'application/json', ...headers };
    response.writeHead(status, type).end(text ? body : JSON.stringify(body));
  };
}

/** Answers with one script after the other, the last one for ever. */
export function inTurn(...scripts: Script[]): Script {
  let at = 0;
  return (asked, response) => {
    const script = scripts[Math.min(at, scripts.length - 1)];
    at += 1;
    return script?.(asked, response);
  };
}

/** Bytes instead of an answer, then the end of the connection unless it is to stay open. */
export function raw(bytes: string, { open = false } = {}): Script {
  return (_asked, response) => {
    response.socket?.write(bytes);
    if (!open) response.socket?.end();
  };
}
