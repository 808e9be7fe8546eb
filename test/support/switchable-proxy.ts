import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to the backend that can be cut and mended; the backend at its end notices nothing. */
export interface SwitchableProxy {
  port: number;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  mend(): void;
  /** Ends every connection, and takes new ones without a word, whatever comes, until `mend`: whoever waits then waits on. */
  hold(): void;
  /** Cuts once the backend has sent this text; resolves when it has. Whoever was reading may not have got to it. */
  cutAfter(text: string): Promise<void>;
  /** Delivers this text of the backend's and nothing after it, until the wire is cut. */
  stallAfter(text: string): void;
  /** Delivers nothing of the backend's from when it sends this text, and everything to it, until the wire is cut. */
  deafenAt(text: string): void;
  /** From now on the backend's clock seems to be off by so much: its Date headers are. */
  shiftClock(ms: number): void;
  close(): Promise<void>;
}

export async function startSwitchableProxy(backendPort: number): Promise<SwitchableProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let isHeld = false;
  let isDeaf = false;
  let deafText: string | null = null;
  let cutText: string | null = null;
  let stallText: string | null = null;
  let shiftMs = 0;
  let wasCut = () => {};
  const server = createServer((near) => {
    if (isCut) return void near.resetAndDestroy();
    if (isHeld) {
      sockets.add(near);
      return void near
        .on('error', () => near.destroy())
        .on('close', () => sockets.delete(near))
        .resume();
    }
    const far = connect(backendPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    let isStalled = false;
    far.on('data', (chunk) => {
      if (deafText !== null && chunk.includes(deafText)) isDeaf = true;
      if (isStalled || isDeaf) return;
      if (stallText !== null && chunk.includes(stallText)) {
        isStalled = true;
        stallText = null;
      }
      const last = cutText !== null && chunk.includes(cutText);
      if (last) cutText = null;
      near.write(shiftMs === 0 ? chunk : shifted(chunk, shiftMs), () => last && cut());
    });
  });
  const cut = () => {
    isCut = true;
    isDeaf = false;
    deafText = null;
    for (const socket of sockets) socket.destroy();
    wasCut();
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    mend: () => {
      isCut = false;
      isHeld = false;
    },
    hold: () => {
      isHeld = true;
      for (const socket of sockets) socket.destroy();
    },
    stallAfter: (text) => {
      stallText = text;
    },
    deafenAt: (text) => {
      deafText = text;
    },
    cutAfter: (text) => {
      cutText = text;
      return new Promise((resolve) => {
        wasCut = resolve;
      });
    },
    shiftClock: (ms) => {
      shiftMs = ms;
    },
    close: () =>
      new Promise((closed) => {
        cut();
        server.close(() => closed());
      }),
  };
}

/** All Date headers have one length (RFC 9110 §5.6.7), so that nothing else moves. */
function shifted(chunk: Buffer, ms: number): Buffer {
  const text = chunk.toString('latin1');
  const header = /^(date: )(.{25} GMT)(?=\r$)/im;
  return Buffer.from(
    text.replace(
      header,
      (_, name: string, date: string) => name + new Date(Date.parse(date) + ms).toUTCString(),
    ),
    'latin1',
  );
}
