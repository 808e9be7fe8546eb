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
  /** Over TLS a request comes by a socket of its own, around the one that was accepted: the caller's port tells which. */
  const byPeer = new Map<string, Socket>();
  const wireOf = (socket: Socket) => byPeer.get(peerOf(socket)) ?? socket;
  const forget = (socket: Socket, peer: string) => {
    open.delete(socket);
    silent.delete(socket);
    if (byPeer.get(peer) === socket) byPeer.delete(peer);
  };

  // Only a number below that of open files can be answered at all; with a flood at the door, the system closes the rest.
  app.server.maxConnections = most + spareFor(most);
  app.server.on('connection', (socket: Socket) => {
    const [longest] = silent;
    if (open.size >= most && longest) {
      longest.destroy();
      forget(longest, peerOf(longest));
    }
    if (open.size >= most) tooMany.add(socket);
    const peer = peerOf(socket);
    open.add(socket);
    silent.add(socket);
    byPeer.set(peer, socket);
    socket.once('close', () => forget(socket, peer));
  });
  app.server.on('secureConnection', (secured: Socket) => {
    const [wire, peer] = [wireOf(secured), peerOf(secured)];
    secured.once('close', () => forget(wire, peer));
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
    const socket = wireOf(request.raw.socket);
    silent.delete(socket);
    if (!tooMany.has(socket)) return;
    reply.header('connection', 'close');
    if (!isProbe(request)) throw overloaded();
  });
  app.addHook('onResponse', async ({ raw }) => {
    const socket = wireOf(raw.socket);
    if (open.has(socket)) silent.add(socket);
  });
  return { count: () => open.size };
}

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;

/** Milliseconds in which what has been sent on a silent connection arrives. */
const ASK_NOW_MS = 1000;

/** For those who only ask whether we are alive, and those who are told to come back. */
const spareFor = (most: number) => Math.max(8, Math.min(256, Math.floor(most / 4)));
