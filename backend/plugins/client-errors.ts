import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

import type { ApiError, ApiErrorCode } from '#protocol/backend-api.ts';

/** What Node finds wrong before there is a request, by its code. */
const REFUSALS: Record<string, [status: string, code: ApiErrorCode, message: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'api.timeout', 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'api.too_large', 'The headers are too large.'],
};
const NO_HTTP = ['400 Bad Request', 'api.bad_request', 'This is no HTTP request.'] as const;

/** Answers what never became a request in the words of all refusals, and closes the connection. */
export function answerClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, message] = REFUSALS[error.code ?? ''] ?? NO_HTTP;
  this.log.info({ code: error.code ?? 'unknown', status: Number.parseInt(status, 10) }, 'refused unread');
  // A connection that never became one of TLS would wait for ever to say anything.
  if (!/^(?:HPE_|ERR_HTTP_)/.test(error.code ?? '')) {
    socket.destroy();
    return;
  }
  if (socket.writable) {
    const body = JSON.stringify({ error: { code, message, requestId: 'none' } } satisfies ApiError);
    const head = [
      `HTTP/1.1 ${status}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
