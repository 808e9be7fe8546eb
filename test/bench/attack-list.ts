import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export type AttackedLeg = 'token' | 'premiuminfo' | 'jwks';

export interface Attack {
  name: string;
  /** Answers one request; whatever happens to the connection is part of it. */
  answer(response: ServerResponse): void;
  /** What the run must fail with, by the place that is attacked. */
  named: Record<AttackedLeg, string>;
}

const GIGABYTE = 2 ** 30;
/** 50 MB of zeros in 50 kB. */
const BOMB = gzipSync(Buffer.alloc(50 * 2 ** 20), { level: 9 });
const KEYS = 'idtoken.jwks_unread';
const nested = '['.repeat(100_000) + ']'.repeat(100_000);
const members = Array.from({ length: 7500 }, (_, at) => `"m${at}":"value-of-member-${at}"`).join(',');

const json = (body: string) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(body);

/** What an operator can do to a backend that waits for its answer. */
export const ATTACKS: readonly Attack[] = [
  {
    name: '1 GB stream',
    answer: pour,
    named: { token: 'token.too_large', premiuminfo: 'premiuminfo.too_large', jwks: KEYS },
  },
  {
    name: 'gzip bomb, 50 kB for 50 MB',
    answer: (response) => {
      const type = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      response.writeHead(200, type).end(BOMB);
    },
    named: { token: 'token.not_conformant', premiuminfo: 'premiuminfo.not_conformant', jwks: KEYS },
  },
  {
    name: '20 kB header',
    answer: (response) => void response.writeHead(200, { 'x-long': 'x'.repeat(20_480) }).end('{}'),
    named: { token: 'token.too_large', premiuminfo: 'premiuminfo.too_large', jwks: KEYS },
  },
  {
    name: 'JSON 100 000 deep',
    answer: json(`{"x":${nested}}`),
    named: { token: 'token.missing_access_token', premiuminfo: 'premiuminfo.missing_result', jwks: KEYS },
  },
  {
    name: 'JSON of 7500 members',
    answer: json(`{${members}}`),
    named: { token: 'token.missing_access_token', premiuminfo: 'premiuminfo.missing_result', jwks: KEYS },
  },
  {
    name: 'a byte every 100 ms',
    answer: drip,
    named: { token: 'token.timeout', premiuminfo: 'premiuminfo.timeout', jwks: KEYS },
  },
];

function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, '{"a":"b"}');
  let left = GIGABYTE;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    response.end();
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  more();
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const drops = setInterval(() => response.write(' '), 100);
  response.once('close', () => clearInterval(drops));
}
