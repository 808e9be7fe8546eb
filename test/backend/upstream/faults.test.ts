import { connect } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { createUpstream } from '../../../backend/upstream/send.ts';
import { certificateFor } from '../../support/certificates.ts';
import { type ScriptedOperator, startScriptedOperator } from '../../support/scripted-operator.ts';
import { bytes, closedPort, faultAt, listenTcp, postTo } from '../../support/sockets.ts';

describe('before a byte of the request has left (TK18, TK19)', () => {
  test('a name that does not resolve is dns', async () => {
    const fault = await faultAt('http://no-such-host.invalid');
    expect(fault).toMatchObject({ code: 'dns', sent: 'no' });
    expect(fault.raw).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  test('a closed port is connect', async () => {
    expect(await faultAt(`http://127.0.0.1:${await closedPort()}`)).toEqual({
      code: 'connect',
      raw: 'ECONNREFUSED',
      sent: 'no',
    });
  });

  test('a host that never completes the connection is connect', async () => {
    // A full backlog cannot be had at will; a connector that gives up says what undici's own says.
    const { buildConnector } = await import('undici');
    const port = await listenTcp((socket) => socket.pause());
    const { cert } = await certificateFor();
    const connect = buildConnector({ ca: cert, timeout: 150 });
    // TLS to a server that never greets: the connect timeout, long before the deadline.
    expect(await faultAt(`https://127.0.0.1:${port}`, connect)).toMatchObject({
      code: 'connect',
      sent: 'no',
    });
  });
});

test('a deadline that comes before the connection is kept, and nothing is sent on that afterwards (PR5)', async () => {
  const certificate = await certificateFor();
  const operator = await startScriptedOperator(certificate);
  const { promise: late, resolve: letThrough } = Promise.withResolvers<void>();
  const port = await listenTcp(async (near) => {
    await late;
    near.pipe(connect(Number(new URL(operator.origin).port), '127.0.0.1')).pipe(near);
  });
  const origin = `https://127.0.0.1:${port}`;
  const upstream = createUpstream({
    origins: new Set([origin]),
    privateAddresses: true,
    connect: { ca: certificate.cert, timeout: 20_000 },
    deadlineMs: 300,
  });
  const asking = { method: 'POST', url: `${origin}/token`, headers: {}, body: 'code=x' } as const;
  const fault = { code: 'timeout', raw: 'TimeoutError', sent: 'no' };
  expect(await upstream.send(asking)).toMatchObject({ kind: 'failed', fault });
  letThrough();
  // Closing waits for what was asked, and so for the connection.
  await upstream.close();
  expect(operator.asked('/token')).toEqual([]);
  await operator.close();
});

describe('TLS (TK19)', () => {
  let own: { key: string; cert: string };
  let foreign: { key: string; cert: string };
  let operator: ScriptedOperator | undefined;
  beforeAll(async () => {
    [own, foreign] = await Promise.all([certificateFor(), certificateFor('other.example')]);
  });
  const serve = async (options: object) => {
    operator = await startScriptedOperator(options);
    operator.on('/token', (_asked, response) => void response.end('{}'));
    return operator.origin;
  };
  afterEach(() => operator?.close());

  test('answers where the certificate is trusted', async () => {
    expect(await postTo(await serve(own), { ca: own.cert })).toMatchObject({ kind: 'answered', status: 200 });
  });

  test.each<[string, () => Promise<[string, object?]>, RegExp]>([
    ['a self-signed certificate', async () => [await serve(own)], /SELF_SIGNED/],
    [
      'a certificate of another name',
      async () => [await serve(foreign), { ca: foreign.cert }],
      /ALTNAME_INVALID/,
    ],
    [
      'TLS 1.1 and no better',
      async () => [
        await serve({ ...own, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
        { ca: own.cert, minVersion: 'TLSv1.2' },
      ],
      /PROTOCOL|ALERT|ERR_SSL/,
    ],
    [
      'plain http on the port',
      async () => [`https://127.0.0.1:${await listenTcp(bytes('HTTP/1.1 400 Bad Request\r\n\r\n'))}`],
      /WRONG_VERSION|ERR_SSL|EPROTO/,
    ],
  ])('%s is tls, and nothing was sent', async (_name, setup, raw) => {
    const fault = await faultAt(...(await setup()));
    expect(fault).toMatchObject({ code: 'tls', sent: 'no' });
    expect(fault.raw).toMatch(raw);
    expect(operator?.asked('/token') ?? []).toEqual([]);
  });

  test('that breaks after the request has left says so: the code may be spent (TK22, PR5)', async () => {
    const { port } = new URL(await serve(own));
    // A record of the right form that nobody can have encrypted.
    const forged = Buffer.concat([Buffer.from([0x17, 3, 3, 0, 32]), Buffer.alloc(32, 1)]);
    const between = await listenTcp((client) => {
      const server = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      client.pipe(server);
      server.pipe(client);
      operator?.on('/token', () => {
        server.unpipe(client);
        client.write(forged);
        // The client says that it cannot read on, and is cut off.
        client.once('data', () => client.resetAndDestroy());
      });
    });
    const fault = await faultAt(`https://127.0.0.1:${between}`, { ca: own.cert });
    expect(operator?.asked('/token') ?? []).toHaveLength(1);
    expect(fault).toMatchObject({ code: expect.stringMatching(/^(tls|reset)$/), sent: 'unknown' });
  });

  test('that is reset in the handshake has carried nothing (TK18)', async () => {
    const port = await listenTcp((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    expect(await faultAt(`https://127.0.0.1:${port}`)).toMatchObject({ code: 'reset', sent: 'no' });
  });
});
