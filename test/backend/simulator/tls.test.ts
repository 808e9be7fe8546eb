import { createHash, X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { chromiumArgs } from '../../../backend/simulator/chromium-args.ts';
import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { authorizeUrl, type Browser, openBrowser, walk } from './operator-client.ts';

let operator: SimulatedOperator;
let browser: Browser;
beforeAll(async () => {
  operator = await startSimulatedOperator({ mode: 'tls', client: { id: 'client-1', secret: 's3cret' } });
  browser = openBrowser(operator);
});
afterAll(async () => {
  await browser.close();
  await operator.close();
});

/** Goes as far as the hop before the one on `label`, and returns the URL it was sent to. */
async function urlOn(label: string, scenario: string): Promise<string> {
  let url = authorizeUrl(operator, { scenario });
  while (!url.includes(`//${label}.`)) url = String((await browser.get(url)).headers.location);
  return url;
}

test('no subscriber header can be inserted inside TLS: the enrichment host over https refuses', async () => {
  const url = await urlOn('he', 'match');
  expect(url).toMatch(/^http:/);
  const { callback } = await walk(operator, browser, url.replace('http:', 'https:'));
  expect(callback?.searchParams.get('error')).toBe('access_denied');
  expect(callback?.searchParams.get('error_description')).toBe('User is not recognized');
});

test('a pinned enrichment host sends HSTS over TLS only, then plain http as usual (RFC 6797 §7.2)', async () => {
  const url = await urlOn('he-pinned', 'http-upgraded');
  expect(url).toMatch(/^https:/);
  const pin = await browser.get(url);
  expect(pin.headers['strict-transport-security']).toBe('max-age=86400');
  const next = String(pin.headers.location);
  expect(next).toMatch(/^http:/);
  const upgraded = await walk(operator, browser, next.replace('http:', 'https:'));
  expect(upgraded.callback?.searchParams.get('error')).toBe('access_denied');
  const fresh = await urlOn('he-pinned', 'http-upgraded');
  const inClear = await browser.get(fresh.replace('https:', 'http:'));
  expect(inClear.status).toBe(302);
  expect(inClear.headers['strict-transport-security']).toBeUndefined();
});

test('hosts that need TLS answer nothing in clear', async () => {
  expect((await browser.get(authorizeUrl(operator).replace('https:', 'http:'))).status).toBe(404);
  const token = await browser.send(operator.tokenUrl.replace('https:', 'http:'), {
    method: 'POST',
    body: 'x',
  });
  expect(token.status).toBe(404);
  expect(operator.counters.token).toBe(0);
});

test('a TLS handshake alone counts as a visit to the redirect_uri host', async () => {
  const before = operator.counters.redirectUri;
  const handshake = (servername: string) =>
    new Promise<void>((done, fail) => {
      const socket = connect(
        { host: '127.0.0.1', port: Number(operator.ports.tls), servername, ca: String(operator.certificate) },
        () => {
          socket.destroy();
          done();
        },
      );
      socket.once('error', fail);
    });
  await handshake('api.operator.test');
  expect(operator.counters.redirectUri).toBe(before);
  await handshake('app.relying-party.test');
  expect(operator.counters.redirectUri).toBe(before + 1);
});

test('Chromium is told every port and the hash of the key that is really served', () => {
  const { publicKey, subjectAltName } = new X509Certificate(String(operator.certificate));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  expect(operator.spkiHash).toBe(createHash('sha256').update(spki).digest('base64'));
  expect(subjectAltName).toBe('DNS:*.operator.test, DNS:*.relying-party.test');
  const { tls, http, closed } = operator.ports;
  expect(chromiumArgs(operator)).toEqual([
    '--host-resolver-rules=' +
      `MAP gone.operator.test ^NOTFOUND, MAP closed.operator.test 127.0.0.1:${closed}, ` +
      `MAP unencrypted.operator.test:443 127.0.0.1:${http}, ` +
      `MAP *.operator.test:80 127.0.0.1:${http}, MAP *.operator.test:443 127.0.0.1:${tls}, ` +
      `MAP *.relying-party.test:80 127.0.0.1:${http}, MAP *.relying-party.test:443 127.0.0.1:${tls}, ` +
      `MAP login.hotspot.test:80 127.0.0.1:${http}, MAP login.hotspot.test:443 127.0.0.1:${tls}`,
    `--ignore-certificate-errors-spki-list=${operator.spkiHash}`,
  ]);
});
