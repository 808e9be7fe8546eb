import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addKey } from '../../backend/access/access-key.ts';
import { readSharing, type Sharing } from '../../backend/sharing.ts';
import { openSqliteDoor } from '../../backend/store/door/open-sqlite-door.ts';
import { type Bench, createRequest, startBench } from '../support/bench.ts';
import { certificateFor } from '../support/certificates.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tls-'));
let ca: string;
let bench: Bench;
let key: string;
let sharing: Sharing;

beforeAll(async () => {
  const pair = await certificateFor('verify.example');
  ca = pair.cert;
  const [certFile, keyFile] = ['cert.pem', 'key.pem'].map((name) => path.join(folder, name));
  writeFileSync(certFile ?? '', pair.cert);
  writeFileSync(keyFile ?? '', pair.key);
  const door = await openSqliteDoor({ folder: null });
  ({ key } = await addKey(door, { label: 'x', scope: 'run', expiresAt: null }, Date.now()));
  sharing = readSharing({
    NV_PUBLIC_URL: 'https://verify.example',
    NV_TLS_CERT_FILE: certFile,
    NV_TLS_KEY_FILE: keyFile,
  });
  bench = await startBench({ door, sharing });
});
afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

const at = () => ({
  host: '127.0.0.1',
  port: Number(new URL(bench.url).port),
  servername: 'verify.example',
  ca,
});

test('a stop lets a stream over TLS come to its end, as it does over http (B28, K9)', async () => {
  const door = await openSqliteDoor({ folder: null });
  const watcher = await addKey(door, { label: 'x', scope: 'run', expiresAt: null }, Date.now());
  // Longer than silent connections are left alone.
  const stopped = await startBench({ door, sharing, running: { graceMs: 1500 } });
  const headers = {
    host: 'verify.example',
    authorization: `Bearer ${watcher.key}`,
    'content-type': 'application/json',
  };
  const ask = (method: string, path: string, body = '') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const port = Number(new URL(stopped.url).port);
      request({ ...at(), port, method, path, headers }, resolve)
        .on('error', reject)
        .end(body);
    });
  const run = createRequest({ capture: 'handoff' });
  expect((await ask('POST', '/v1/runs', JSON.stringify(run))).statusCode).toBe(201);
  const stream = await ask('GET', `/v1/runs/${run.id}/events`);
  await once(stream, 'data');
  const ended = once(stream.resume(), 'end');
  await stopped.close();
  await ended;
  expect(stream.complete).toBe(true);
});

test('certificate files make the backend speak https, and say that it always will (ASVS 3.4.1, 12.1.1)', async () => {
  const headers = { host: 'verify.example', authorization: `Bearer ${key}` };
  const answer = await new Promise<{ status: number | undefined; hsts: string | undefined }>(
    (resolve, reject) => {
      request({ ...at(), path: '/v1/access-key', headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, hsts: response.headers['strict-transport-security'] });
      })
        .on('error', reject)
        .end();
    },
  );
  expect(answer).toEqual({ status: 200, hsts: 'max-age=31536000' });
});

/** What was agreed on, or why nothing was. The client would take anything, with OpenSSL's own floor away. */
function handshake(version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { ...at(), minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' };
    const socket: TLSSocket = connect(options, () => {
      resolve(socket.getProtocol());
      socket.end();
    });
    socket.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
  });
}

test('nothing below TLS 1.2 is spoken (ASVS 12.1.1)', async () => {
  expect(await handshake('TLSv1.1')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  expect(await handshake('TLSv1.2')).toBe('TLSv1.2');
  expect(await handshake('TLSv1.3')).toBe('TLSv1.3');
});
