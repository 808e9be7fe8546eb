import { gzipSync } from 'node:zlib';
import type { RawReply } from '../scenario.ts';

/** An answer that is small on the wire and 50 MB to whoever unpacks it; asked for by nobody. */
export function gzipBomb(): RawReply {
  // RFC 1952 §2.2: members follow each other, so one megabyte has to be packed only once.
  const megabyte = gzipSync(Buffer.alloc(1_000_000, ' ')).toString('latin1');
  const packed = megabyte.repeat(50);
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n';
  return { raw: `${head}content-length: ${packed.length}\r\n\r\n${packed}` };
}
