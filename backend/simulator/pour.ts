import type { Socket } from 'node:net';
import type { Toxic } from './scenario.ts';
import { wait } from './wait.ts';

interface Drain {
  socket: Socket;
  reset(): void;
}

/** Writes bytes as a network with this trouble would, and ends the connection. */
export async function pour(
  bytes: Buffer,
  { socket, reset }: Drain,
  toxic: Toxic | null,
  closing: AbortSignal,
): Promise<void> {
  switch (toxic?.kind) {
    case undefined:
      socket.end(bytes);
      return;
    case 'latency':
      await wait(toxic.ms, closing);
      socket.end(bytes);
      return;
    case 'hang':
      return;
    // Who came in by a connection from before finds it broken.
    case 'down':
      reset();
      return;
    case 'reset':
      socket.write(bytes.subarray(0, toxic.afterBytes), reset);
      return;
    case 'limit':
      socket.end(bytes.subarray(0, toxic.bytes));
      return;
    case 'slow_close':
      socket.write(bytes);
      await wait(toxic.ms, closing);
      socket.end();
      return;
    case 'bandwidth':
      await inPieces(bytes, Math.ceil(toxic.bytesPerSecond / 20), 50, socket, closing);
      return;
    case 'slice':
      await inPieces(bytes, toxic.bytes, toxic.everyMs, socket, closing);
      return;
  }
}

async function inPieces(
  bytes: Buffer,
  size: number,
  everyMs: number,
  socket: Socket,
  closing: AbortSignal,
): Promise<void> {
  for (let at = 0; at < bytes.length && socket.writable && !closing.aborted; at += size) {
    if (at > 0) await wait(everyMs, closing);
    socket.write(bytes.subarray(at, at + size));
  }
  socket.end();
}
