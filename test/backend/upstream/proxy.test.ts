import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { readConfig } from '../../../backend/config.ts';
import { openProvider } from '../../../backend/legs/provider.ts';
import { passesProxy } from '../../../backend/upstream/proxy.ts';
import type { UpstreamAnswer } from '../../../backend/upstream/send.ts';
import { certificateFor, ownAuthority } from '../../support/certificates.ts';
import { type ConnectProxy, startConnectProxy } from '../../support/connect-proxy.ts';
import { type ScriptedOperator, startScriptedOperator } from '../../support/scripted-operator.ts';
import { closedPort } from '../../support/sockets.ts';

/** No resolver knows it: who is answered by it was led there by the proxy. */
const HOST = 'api.operator.invalid';
const OPERATOR = {
  NV_CLIENT_ID: 'client-1',
  NV_CLIENT_SECRET: 'the-secret',
  API_HOST: `https://${HOST}`,
  NV_REDIRECT_URI: 'https://app.example/callback',
};

let folder: string;
let caFile: string;
let operator: ScriptedOperator;
let stranger: ScriptedOperator;
let proxyCertificate: { key: string; cert: string };
let proxy: ConnectProxy;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'proxy-'));
  caFile = path.join(folder, 'company.pem');
  const ca = await ownAuthority();
  writeFileSync(caFile, `The company's own\n${ca.cert}`);
  operator = await startScriptedOperator(await certificateFor(HOST, ca));
  stranger = await startScriptedOperator(await certificateFor(HOST));
  proxyCertificate = await certificateFor('127.0.0.1', ca);
  operator.on('/token', (_asked, response) => void response.end('{}'));
  operator.on('/reset', (_asked, { socket }) => void socket?.destroy());
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([operator.close(), stranger.close()]);
});
const portOf = ({ origin }: ScriptedOperator) => Number(new URL(origin).port);
beforeEach(async () => {
  proxy = await startConnectProxy(portOf(operator));
});
afterEach(() => proxy.close());

/** A request as the configuration has it sent. */
async function ask(env: Record<string, string>, url = `https://${HOST}/token`): Promise<UpstreamAnswer> {
  const [profile] = readConfig({ ...OPERATOR, NV_EXTRA_CA_FILE: caFile, ...env }).profiles;
  if (!profile) throw new Error('No profile');
  // Twice as long for a proxy and TLS as a slow machine needs, and not the usual three seconds for what never answers.
  const provider = openProvider({ ...profile, connect: { timeout: env.HANGS ? 300 : 10_000 } });
  const answer = await provider.send({ method: 'POST', url, headers: {}, body: 'client_secret=the-secret' });
  await provider.close();
  return answer;
}

describe('through HTTPS_PROXY', () => {
  test('an operator is asked whose name only the proxy knows, whose authority is in NV_EXTRA_CA_FILE, and the proxy reads nothing', async () => {
    const login = proxy.url.replace('//', '//tester:p%40ss@');
    expect(await ask({ HTTPS_PROXY: login })).toMatchObject({ kind: 'answered', status: 200, body: '{}' });
    const authorization = `Basic ${Buffer.from('tester:p@ss').toString('base64')}`;
    expect(proxy.tunnels).toMatchObject([
      { to: `${HOST}:443`, headers: { host: `${HOST}:443`, 'proxy-authorization': authorization } },
    ]);
    expect(operator.asked('/token').at(-1)).toMatchObject({ body: 'client_secret=the-secret' });
    expect(operator.asked('/token').at(-1)?.headers).not.toHaveProperty('proxy-authorization');
    expect(proxy.seen().length).toBeGreaterThan(100);
    expect(proxy.seen()).not.toContain('the-secret');
  });

  test('that speaks TLS itself, the same', async () => {
    const overTls = await startConnectProxy(portOf(operator), proxyCertificate);
    expect(await ask({ https_proxy: overTls.url })).toMatchObject({ kind: 'answered', status: 200 });
    expect(overTls.tunnels).toHaveLength(1);
    await overTls.close();
  });

  test.each<[string, string | null, string]>([
    ['wants a login', 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n', 'PROXY_407'],
    ['forbids the host', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 3\r\n\r\nno.', 'PROXY_403'],
    ['cannot reach it', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'PROXY_502'],
    ['hangs up', null, 'PROXY_ECONNRESET'],
    ['is none', '220 smtp.example ESMTP\r\n', 'PROXY_HPE_INVALID_CONSTANT'],
    ['speaks before its time', 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n', 'PROXY_200'],
  ])('that %s is named, and nothing was sent', async (_name, answer, raw) => {
    const before = operator.asked('/token').length;
    proxy.answerWith(answer);
    expect(await ask({ HTTPS_PROXY: proxy.url })).toMatchObject({
      fault: { code: 'connect', raw, sent: 'no' },
    });
    expect(operator.asked('/token')).toHaveLength(before);
  });

  test('that never answers is given up, and nothing was sent', async () => {
    proxy.answerWith('');
    expect(await ask({ HTTPS_PROXY: proxy.url, HANGS: 'yes' })).toMatchObject({
      fault: { code: 'connect', raw: 'PROXY_TIMEOUT', sent: 'no' },
    });
  });

  test('that is away is named, and nothing was sent', async () => {
    expect(await ask({ HTTPS_PROXY: `127.0.0.1:${await closedPort()}` })).toMatchObject({
      fault: { code: 'connect', raw: 'PROXY_ECONNREFUSED', sent: 'no' },
    });
  });

  test('a certificate of a stranger is refused, before a byte of the request (TK19)', async () => {
    const other = await startConnectProxy(portOf(stranger));
    expect(await ask({ HTTPS_PROXY: other.url })).toMatchObject({ fault: { code: 'tls', sent: 'no' } });
    await other.close();
    expect(stranger.asked('/token')).toEqual([]);
  });

  test('the authority is trusted only where NV_EXTRA_CA_FILE names it', async () => {
    expect(await ask({ HTTPS_PROXY: proxy.url, NV_EXTRA_CA_FILE: '' })).toMatchObject({
      fault: { code: 'tls', sent: 'no' },
    });
  });

  test('what breaks after the request has left may have reached the operator (TK22, PR5)', async () => {
    expect(await ask({ HTTPS_PROXY: proxy.url }, `https://${HOST}/reset`)).toMatchObject({
      fault: { code: 'reset', sent: 'unknown' },
    });
  });
});

describe('NO_PROXY', () => {
  test('has a host asked without it, by the resolver of this machine', async () => {
    const answer = await ask({ HTTPS_PROXY: proxy.url, NO_PROXY: 'other.example, .Operator.INVALID' });
    expect(answer).toMatchObject({ fault: { code: 'dns', sent: 'no' } });
    expect(proxy.tunnels).toEqual([]);
  });

  test.each<[string, string, string[], boolean]>([
    ['api.example', '443', [], false],
    ['api.example', '443', ['example'], true],
    ['api.example', '443', ['.example'], true],
    ['api.example', '443', ['*.example'], true],
    ['api.example', '443', ['*'], true],
    ['api.example', '443', ['api.example:443'], true],
    ['api.example', '8443', ['api.example:443'], false],
    ['api.example', '443', ['pi.example'], false],
    ['api.example', '443', ['api.example.evil'], false],
    ['10.1.2.3', '443', ['10.1.2.3'], true],
    ['[2a00::1]', '443', ['2a00::1'], true],
    ['[2a00::1]', '8443', ['[2a00::1]:8443'], true],
    ['[2a00::1]', '443', ['[2a00::1]:8443'], false],
    ['localhost', '443', [], true],
    ['127.0.0.1', '443', [], true],
    ['[::1]', '443', [], true],
  ])('%s port %s, with %j: %s', (host, port, except, direct) => {
    expect(passesProxy(host, port, except)).toBe(direct);
  });
});
