import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ACCESS_KEY, type Bench, call, createRequest, startBench } from '../../support/bench.ts';
import { type RawReply, rawCall } from '../../support/raw-call.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const KEY = `authorization: Bearer ${ACCESS_KEY}`;
const codeIn = ({ body }: RawReply) => /"code":"([\w.]+)"/.exec(body)?.[1];
/** GET, with the key and a good Host unless told otherwise. */
function get(path: string, fields: string[] = [KEY], host = 'host: 127.0.0.1'): Promise<RawReply> {
  return rawCall(bench.url, [`GET ${path} HTTP/1.1`, host, ...fields]);
}

describe('the access key (B1, PR8)', () => {
  test('opens the door', async () => {
    expect((await get('/v1/profiles')).status).toBe(200);
  });

  test.each([
    ['none', []],
    ['an empty one', ['authorization: Bearer ']],
    ['a wrong one', ['authorization: Bearer nvi_wrong']],
    ['one letter off', [`authorization: Bearer ${ACCESS_KEY.slice(0, -1)}`]],
    ['in another case', [`authorization: Bearer ${ACCESS_KEY.toUpperCase()}`]],
    ['under another scheme', [`authorization: Basic ${ACCESS_KEY}`]],
    ['in the query', []],
    ['twice, the wrong one first', ['authorization: Bearer x', KEY]],
  ])('%s is 401, without a word about the right one', async (_name, fields) => {
    const reply = await get(`/v1/profiles?key=${ACCESS_KEY}`, fields);
    expect([reply.status, codeIn(reply)]).toEqual([401, 'api.unauthorized']);
    expect(reply.body).not.toContain(ACCESS_KEY);
  });

  test.each([
    '/v1/profiles',
    '/%76%31/profiles',
    '/v1%2Fprofiles',
    '//v1/profiles',
    '/./v1/profiles',
    '/x/../v1/profiles',
    '/V1/profiles',
    'http://127.0.0.1/v1/profiles',
    'http://anything/v1/profiles',
    '/v1/profiles;x=1',
    '/v1/profiles/',
    '/v1/runs/00000000-0000-4000-8000-000000000000',
    '/%76%31/runs/00000000-0000-4000-8000-000000000000',
  ])('is asked for however the path is written: %s (B11)', async (path) => {
    const reply = await get(path, []);
    expect([reply.status, codeIn(reply)]).toEqual([401, 'api.unauthorized']);
  });

  test('is asked for before the body is read', async () => {
    const lines = [
      'POST /v1/runs HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      'content-length: 1',
    ];
    expect((await rawCall(bench.url, lines, '{')).status).toBe(401);
  });
});

describe('the Host header stops DNS rebinding (B2, PR8)', () => {
  test.each([
    'evil.test',
    '127.0.0.1.evil.test',
    'localhost.evil.test',
    '192.168.1.10',
    '10.0.0.1:8787',
    '[2001:db8::1]',
    '0.0.0.0',
    '169.254.169.254',
    'localhost.',
    'not a host',
    '',
  ])('%j is 403', async (host) => {
    const reply = await get('/v1/profiles', [KEY], `host: ${host}`);
    expect([reply.status, codeIn(reply)]).toEqual([403, 'api.forbidden_host']);
  });

  test.each([
    '127.0.0.1',
    '127.0.0.1:8787',
    'localhost',
    'LOCALHOST:8787',
    '[::1]:8787',
    'inspector.localhost',
  ])('%j is this machine', async (host) => {
    expect((await get('/v1/profiles', [KEY], `host: ${host}`)).status).toBe(200);
  });

  test('a request without one is refused, in HTTP/1.1 and in HTTP/1.0', async () => {
    expect((await rawCall(bench.url, ['GET /v1/profiles HTTP/1.1', KEY])).status).toBe(400);
    expect((await rawCall(bench.url, ['GET /v1/profiles HTTP/1.0', KEY])).status).toBe(403);
  });

  test('holds for healthz as well', async () => {
    expect((await get('/healthz', [], 'host: evil.test')).status).toBe(403);
  });
});

describe('the Origin header (B3, PR8)', () => {
  const OURS = 'chrome-extension://cmdemmhpidfdmoabohdnofigchdholce';
  test.each([
    'https://evil.test',
    'null',
    'http://127.0.0.1',
    'http://localhost:8787',
    'file://',
    'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    `${OURS}.evil.test`,
    'moz-extension://not-a-uuid',
    'safari-web-extension://x',
    '',
  ])('%j is 403, key or no key', async (origin) => {
    const reply = await get('/v1/profiles', [KEY, `origin: ${origin}`]);
    expect([reply.status, codeIn(reply)]).toEqual([403, 'api.forbidden_origin']);
    expect((await get('/healthz', [`origin: ${origin}`])).status).toBe(403);
  });

  test.each([OURS, 'moz-extension://0c1d2e3f-4a5b-6c7d-8e9f-0a1b2c3d4e5f'])(
    '%j is the extension',
    async (origin) => {
      expect((await get('/v1/profiles', [KEY, `origin: ${origin}`])).status).toBe(200);
    },
  );

  test.each([OURS, 'https://evil.test'])('no CORS header ever answers %j (B3)', async (origin) => {
    const preflight = await rawCall(bench.url, [
      'OPTIONS /v1/runs HTTP/1.1',
      'host: 127.0.0.1',
      `origin: ${origin}`,
      'access-control-request-method: POST',
      'access-control-request-headers: authorization, content-type',
    ]);
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    for (const reply of [preflight, await get('/v1/profiles', [KEY, `origin: ${origin}`])]) {
      expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

test('every answer forbids caching, sniffing and framing, and says nothing of the software', async () => {
  const response = await call(bench, 'POST', '/v1/runs', createRequest());
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none';object-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  );
  expect(response.headers.get('x-powered-by')).toBeNull();
  expect(response.headers.get('server')).toBeNull();
  expect((await get('/nothing')).headers.get('cache-control')).toBe('no-store');
});
