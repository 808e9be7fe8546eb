import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

import { overloaded } from './overload.ts';
import { isProbe } from './probes.ts';

export interface Connections {
  /** How many are open. */
  count(): number;
}

/**
 * Keeps connections below what the process may open. Where there is no room, the one that has been silent for longest
 * goes: ten thousand that say nothing keep nobody out (B14). Where all are at work, the new one is told to come back (K6).
 */
export function addConnections(app: FastifyInstance, most: number): Connections {
  const open = new Set<Socket>();
  /** Waiting for a first or another request, the longest first. */
  const silent = new Set<Socket>();
  const tooMany = new WeakSet<Socket>();
  const forget = (socket: Socket) => {
    open.delete(socket);
    silent.delete(socket);
  };

  // Only a number below that of open files can be answered at all; with a flood at the door, the system closes the rest.
  app.server.maxConnections = most + spareFor(most);
  app.server.on('connection', (socket: Socket) => {
    const [longest] = silent;
    if (open.size >= most && longest) {
      longest.destroy();
      forget(longest);
    }
    if (open.size >= most) tooMany.add(socket);
    open.add(socket);
    silent.add(socket);
    socket.once('close', () => forget(socket));
  });
  app.addHook('preClose', async () => {
    // Browsers open connections for later: at an end nobody waits for what may never be asked on them.
    const timer = setTimeout(() => silent.forEach((socket) => void socket.destroy()), ASK_NOW_MS);
    app.server.once('close', () => clearTimeout(timer));
  });
  app.addHook('onListen', async () => {
    // An accept that fails, for want of a file descriptor, say: without a listener, the end of the process.
    app.server.on('error', (err) => app.log.error({ err }, 'a connection could not be accepted'));
  });
  app.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    silent.delete(socket);
    if (!tooMany.has(socket)) return;
    reply.header('connection', 'close');
    if (!isProbe(request)) throw overloaded();
  });
  app.addHook('onResponse', async ({ raw: { socket } }) => {
    if (open.has(socket)) silent.add(socket);
  });
  return { count: () => open.size };
}

/** Milliseconds in which what has been sent on a silent connection arrives. */
const ASK_NOW_MS = 1000;

/** For those who only ask whether we are alive, and those who are told to come back. */
const spareFor = (most: number) => Math.max(8, Math.min(256, Math.floor(most / 4)));
