import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

import { type BackendClient, createBackendClient } from '../../../extension/backend-client/backend-client.ts';

export const KEY = `nvi_${'k'.repeat(24)}`;

/** A client of a server on this machine that answers as the test says, until the test is finished. */
export async function clientOf(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<BackendClient> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return createBackendClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: KEY });
}

/** A client whose every call is answered with this. */
export function answering(
  status: number,
  body: string,
  contentType = 'application/json',
): Promise<BackendClient> {
  return clientOf((_, response) => response.writeHead(status, { 'content-type': contentType }).end(body));
}

/** Each chunk is a write of its own, and the next waits until it has most likely been read: all this is one process. */
export function streaming(chunks: (string | Uint8Array)[], end: 'end' | 'break' | 'hang' = 'end') {
  return clientOf(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const chunk of chunks) {
      await new Promise((written) => response.write(chunk, written));
      for (let turn = 0; turn < 4; turn += 1) await setImmediate();
    }
    if (end === 'end') response.end();
    if (end === 'break') response.socket?.destroy();
  });
}

/** What a call came to: a value, or the problem's code. */
export async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: { code?: string }) => error.code ?? error);
}
