/** TCP servers that answer with whatever bytes a test wants, and requests to them through the real upstream. */
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

import type { UpstreamFault } from '../../backend/upstream/faults.ts';
import { createUpstream, type UpstreamAnswer, type UpstreamOptions } from '../../backend/upstream/send.ts';

/** Hands each connection to the test until it is finished; returns the port. */
export async function listenTcp(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A port that was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Answers the first bytes of a connection with these, and ends it. */
export function bytes(text: string): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => socket.end(text));
  };
}

/** One POST to `/token` of an origin, with the product's deadline unless it is what the test waits for. */
export async function postTo(
  origin: string,
  connect?: UpstreamOptions['connect'],
  deadlineMs?: number,
): Promise<UpstreamAnswer> {
  const upstream = createUpstream({
    origins: new Set([origin]),
    privateAddresses: true,
    ...(deadlineMs ? { deadlineMs } : {}),
    ...(connect ? { connect } : {}),
  });
  const answer = await upstream.send({ method: 'POST', url: `${origin}/token`, headers: {}, body: 'code=x' });
  await upstream.close();
  return answer;
}

export async function faultAt(
  origin: string,
  connect?: UpstreamOptions['connect'],
  deadlineMs?: number,
): Promise<UpstreamFault> {
  const answer = await postTo(origin, connect, deadlineMs);
  if (answer.kind !== 'failed') throw new Error(`answered ${answer.status}`);
  return answer.fault;
}
