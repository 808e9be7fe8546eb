/** An operator that answers with whatever bytes a bad input wants, under names that only the test's browser knows. */
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';

import type { ServerProfile } from '../../backend/legs/provider.ts';
import { closedPort } from './sockets.ts';

export interface Asked {
  /** 1 is the authorize request. */
  hop: number;
  url: URL;
  method: string;
  cookie: string;
  /** As the run was given it. */
  state: string;
}

/** The bytes to answer with; nothing where the answer is a matter between it and the socket. */
export type Answer = (asked: Asked, socket: Socket) => string | undefined;

export interface EvilChain {
  /** The profile whose authorize request comes here. */
  profileFrom(simulated: ServerProfile, hopMs: number): ServerProfile;
  /** Leads Chromium here. The last such switch counts, so this one replaces the simulated operator's. */
  chromiumArg: string;
  /** What was asked in the run under way, or the last one. */
  asked: Asked[];
  /** Connections to redirect_uri's host, by any scheme. */
  redirectUri: { contacts: number };
  /** How many are open to the operator's hosts. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** Answers by the scenario of the authorize request. `gone.operator.test` does not resolve, at `closed.operator.test` nothing listens. */
export async function startEvilChain(answers: Record<string, Answer>, redirectUri: URL): Promise<EvilChain> {
  const asked: Asked[] = [];
  let answer: Answer = () => head(500);
  let state = '';
  const server = createServer({ maxHeaderSize: 1_000_000 }, ({ url: path, headers, method, socket }) => {
    const url = new URL(path ?? '/', `http://${headers.host}`);
    if (url.pathname === '/authorize') {
      asked.length = 0;
      answer = answers[url.searchParams.get('scenario') ?? ''] ?? (() => head(500));
      state = url.searchParams.get('state') ?? '';
    }
    const one: Asked = {
      hop: asked.length + 1,
      url,
      method: method ?? '',
      cookie: headers.cookie ?? '',
      state,
    };
    asked.push(one);
    const bytes = answer(one, socket);
    if (bytes !== undefined) socket.end(bytes, 'latin1');
  });
  const counted = { contacts: 0 };
  const counter = createTcpServer((socket) => {
    counted.contacts += 1;
    socket.on('error', () => undefined).destroy();
  });
  const [port, counterPort, nothing] = await Promise.all([listen(server), listen(counter), closedPort()]);
  const { hostname } = redirectUri;
  const rules = [
    `MAP ${hostname}:443 127.0.0.1:${counterPort}`,
    `MAP ${hostname}:80 127.0.0.1:${counterPort}`,
    'MAP gone.operator.test ^NOTFOUND',
    `MAP closed.operator.test 127.0.0.1:${nothing}`,
    `MAP *.operator.test 127.0.0.1:${port}`,
    `MAP *.relying-party.test 127.0.0.1:${port}`,
  ];
  return {
    profileFrom(simulated, hopMs) {
      const profile: ServerProfile['profile'] = {
        ...simulated.profile,
        authorizeUrl: 'http://h1.operator.test/authorize',
        redirectUri: redirectUri.href,
        hosts: [{ pattern: '*.operator.test', role: 'gateway', scheme: 'either' }],
        simulator: {
          scenarios: Object.keys(answers).map((name) => ({
            name,
            about: name,
            group: 'authorize',
            number: '+447700900901',
          })),
        },
        limits: { hops: 10, hopMs, chainMs: 30_000 },
      };
      return { ...simulated, profile };
    },
    chromiumArg: `--host-resolver-rules=${rules.join(', ')}`,
    asked,
    redirectUri: counted,
    connections: () => promisify(server.getConnections.bind(server))(),
    async close() {
      server.closeAllConnections();
      await Promise.all([server, counter].map((one) => new Promise((closed) => one.close(closed))));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

/** Status line, headers, and the end of the connection. */
export function head(status: number, ...headers: string[]): string {
  return [`HTTP/1.1 ${status} Word`, 'Connection: close', ...headers, '', ''].join('\r\n');
}

export function redirect(to: string, ...headers: string[]): string {
  return head(302, `Location: ${to}`, ...headers);
}

export function body(status: number, contentType: string, text: string, ...headers: string[]): string {
  return head(status, `Content-Type: ${contentType}`, ...headers) + text;
}

export function reset(_: Asked, socket: Socket): undefined {
  socket.write('HTTP/1.1 302 Found\r\nLocat', () => socket.resetAndDestroy());
}

/** Headers that never end, a byte at a time. */
export function drip(_: Asked, socket: Socket): undefined {
  socket.write('HTTP/1.1 302 Found\r\nX-Drip: ');
  const timer = setInterval(() => socket.write('x'), 50);
  socket.once('close', () => clearInterval(timer));
}

/** A redirect whose body goes on for as long as somebody reads it. */
export function endlessBody(to: string, socket: Socket): undefined {
  const chunk = Buffer.alloc(65_536, 'x');
  const fill = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', fill);
  socket.write(redirect(to));
  fill();
}
