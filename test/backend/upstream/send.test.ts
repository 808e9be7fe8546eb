import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createUpstream, type Upstream } from '../../../backend/upstream/send.ts';
import { type ScriptedOperator, startScriptedOperator } from '../../support/scripted-operator.ts';

let operator: ScriptedOperator;
let upstream: Upstream;
beforeAll(async () => {
  operator = await startScriptedOperator();
  upstream = createUpstream({ origins: new Set([operator.origin]), privateAddresses: true });
});
afterAll(async () => {
  await upstream.close();
  await operator.close();
});

const get = (path: string) =>
  upstream.send({ method: 'GET', url: operator.origin + path, headers: {}, body: null });

test('refuses an origin that no profile names, before any connection (PR9)', async () => {
  const elsewhere = new URL(operator.origin);
  elsewhere.hostname = 'localhost';
  for (const url of [`${elsewhere.origin}/token`, 'http://169.254.169.254/latest', 'file:///etc/passwd']) {
    await expect(upstream.send({ method: 'GET', url, headers: {}, body: null })).rejects.toThrow(
      /No profile names/,
    );
  }
  expect(operator.asked('/token')).toEqual([]);
});

test('follows no redirect (TK14)', async () => {
  operator.on('/moved', (_asked, response) => void response.writeHead(302, { location: '/target' }).end());
  expect(await get('/moved')).toMatchObject({ kind: 'answered', status: 302 });
  expect(operator.asked('/target')).toEqual([]);
});

test('asks for no compression, and refuses what is compressed all the same without reading it (TK25)', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  operator.on(
    '/bomb',
    (_asked, response) =>
      void response
        .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' })
        .end(bomb),
  );
  const answer = await get('/bomb');
  expect(operator.asked('/bomb')[0]?.headers['accept-encoding']).toBe('identity');
  expect(answer).toMatchObject({
    kind: 'failed',
    fault: { code: 'not_conformant', raw: 'CONTENT_ENCODING', sent: 'unknown' },
  });
});

test.each([
  ['identity', 'answered'],
  ['Identity, identity', 'answered'],
  ['', 'answered'],
  ['br', 'failed'],
  ['identity, gzip', 'failed'],
  ['x-of-their-own', 'failed'],
])('Content-Encoding %j is %s (TK25)', async (encoding, kind) => {
  operator.on('/encoded', (_asked, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end('{}');
  });
  expect(await get('/encoded')).toMatchObject({ kind });
});

test('keeps a header that was sent twice as two', async () => {
  operator.on(
    '/twice',
    (_asked, response) =>
      void response
        .writeHead(
          200,
          [
            ['x-a', '1'],
            ['x-a', '2'],
          ].flat(),
        )
        .end(),
  );
  const answer = await get('/twice');
  expect(answer.kind === 'answered' && answer.headers.filter(([name]) => name === 'x-a')).toEqual([
    ['x-a', '1'],
    ['x-a', '2'],
  ]);
});
