import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';

import type { UpstreamFault } from '../../../backend/upstream/faults.ts';
import { bytes, faultAt, listenTcp } from '../../support/sockets.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

describe('after the request has left', () => {
  const HANG = (socket: Socket) => void socket.on('data', () => undefined);
  const drip = (socket: Socket) => {
    socket.once('data', () => {
      socket.write(`${head}\r\n`);
      const timer = setInterval(() => socket.write(' '), 50);
      socket.once('close', () => clearInterval(timer));
    });
  };
  const half = `${head}content-length: 100\r\n\r\n{"access_token"`;
  const large = `${head}content-length: 5000000\r\n\r\n${'a'.repeat(5_000_000)}`;
  test.each<[string, (socket: Socket) => void, UpstreamFault['code'], RegExp]>([
    [
      'a reset (TK22)',
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      'reset',
      /ECONNRESET|UND_ERR_SOCKET/,
    ],
    ['an end without an answer (TK22)', bytes(''), 'reset', /UND_ERR_SOCKET/],
    ['an end in mid-body (TK22)', bytes(half), 'reset', /UND_ERR_SOCKET|MISMATCH/],
    ['an end within the headers (TK22)', bytes(`${head}content-`), 'reset', /UND_ERR_SOCKET/],
    [
      'an end in mid-body, as announced (TK22)',
      bytes(`${head}connection: close\r\n${half.slice(head.length)}`),
      'reset',
      /MISMATCH/,
    ],
    [
      'an end in mid-chunk (TK22)',
      bytes(`${head}transfer-encoding: chunked\r\n\r\n2a\r\n{"acc`),
      'reset',
      /UND_ERR_SOCKET|EOF/,
    ],
    [
      'an end in mid-chunk, as announced (TK22)',
      bytes(`${head}connection: close\r\ntransfer-encoding: chunked\r\n\r\n2a\r\n{"acc`),
      'reset',
      /HTTPParserError/,
    ],
    ['no answer (TK20)', HANG, 'timeout', /TIMEOUT|TimeoutError/],
    ['a dripped body, which no idle timeout ends (TK21)', drip, 'timeout', /TimeoutError/],
    ['5 MB of body (TK25)', bytes(large), 'too_large', /EXCEEDED_MAX_SIZE/],
    [
      '5 MB of body without a length (TK25)',
      bytes(`${head}\r\n${'a'.repeat(5_000_000)}`),
      'too_large',
      /EXCEEDED_MAX_SIZE/,
    ],
    [
      '20 KB of one header (TK24)',
      bytes(`${head}x-large: ${'a'.repeat(20_000)}\r\n\r\n{}`),
      'too_large',
      /HEADERS_OVERFLOW/,
    ],
    [
      'two lengths (TK23)',
      bytes(`${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{} `),
      'not_conformant',
      /^(HPE_|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/,
    ],
    [
      'a length that is none (TK23)',
      bytes(`${head}content-length: many\r\n\r\n{}`),
      'not_conformant',
      /^(HPE_|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/,
    ],
    [
      'a length beside chunks (TK23)',
      bytes(`${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
      'not_conformant',
      /^(HPE_|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/,
    ],
    [
      'a header that is none (TK23)',
      bytes('HTTP/1.1 200 OK\r\nno colon\r\n\r\n{}'),
      'not_conformant',
      /^(HPE_|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/,
    ],
    [
      'something that is no HTTP (TK23)',
      bytes('220 smtp.example ESMTP\r\n'),
      'not_conformant',
      /^(HPE_|HTTPParserError|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)/,
    ],
  ])('%s', async (_name, serve, code, raw) => {
    // Only what never ends meets a deadline that is for the whole answer, by the clock on the wall.
    const deadlineMs = code === 'timeout' ? 1000 : undefined;
    const fault = await faultAt(`http://127.0.0.1:${await listenTcp(serve)}`, undefined, deadlineMs);
    expect(fault).toMatchObject({ code, sent: 'unknown' });
    expect(fault.raw).toMatch(raw);
  });
});
