import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readPairingLine } from '../../../extension/backend-client/pairing-line.ts';

const KEY = `nvi_${'aZ09_-'.repeat(5)}`;

test.each([
  [`http://127.0.0.1:8787/#${KEY}`, 'http://127.0.0.1:8787'],
  [`  http://127.0.0.1:8787/#${KEY}\n`, 'http://127.0.0.1:8787'],
  [`http://127.0.0.1:8787#${KEY}`, 'http://127.0.0.1:8787'],
  [`https://nv.example/#${KEY}`, 'https://nv.example'],
  [`HTTP://LOCALHOST:80/x?y#${KEY}`, 'http://localhost'],
  [`http://[::1]:8787/#${KEY}`, 'http://[::1]:8787'],
])('%j is read as the backend at %s', (line, url) => {
  expect(readPairingLine(line)).toEqual({ kind: 'key', url, key: KEY });
});

const CODE = 'aZ09_-aZ09_-aZ09_-aZ09';

test.each([
  [`https://verify.example/pair#${CODE}`, 'https://verify.example'],
  [` https://verify.example:8443/pair#${CODE}\n`, 'https://verify.example:8443'],
  [`http://127.0.0.1:8787/pair#${CODE}`, 'http://127.0.0.1:8787'],
])('%j is read as a link whose code fetches a key at %s', (line, url) => {
  expect(readPairingLine(line)).toEqual({ kind: 'code', url, code: CODE });
});

test.each([
  `http://nv.example/#${KEY}`,
  `http://10.0.0.7:8787/pair#${CODE}`,
  `http://localhost.evil.example/#${KEY}`,
])('%j would show the key to a network, and is refused as that (B1)', (line) => {
  expect(readPairingLine(line)).toEqual({ kind: 'in_clear' });
});

test.each([
  '',
  'hello',
  KEY,
  'http://127.0.0.1:8787/',
  'http://127.0.0.1:8787/#',
  'http://127.0.0.1:8787/#nvi_short',
  `http://127.0.0.1:8787/#${KEY}!`,
  `http://127.0.0.1:8787/#${KEY} ${KEY}`,
  `http://127.0.0.1:8787/#x${KEY}`,
  `http://user@127.0.0.1:8787/#${KEY}`,
  `http://:pw@127.0.0.1:8787/#${KEY}`,
  `ftp://127.0.0.1/#${KEY}`,
  `javascript:alert(1)#${KEY}`,
  `http://[::1/#${KEY}`,
  `https://verify.example/#${CODE}`,
  `https://verify.example/pair/#${CODE}`,
  `https://verify.example/pair#${CODE}x`,
  'https://verify.example/pair',
])('%j is no pairing line', (line) => {
  expect(readPairingLine(line)).toBeNull();
});

test('whatever is pasted, the answer is a backend over http(s) or none (X3)', () => {
  const secret = fc.constantFrom(KEY, CODE);
  const paste = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.webUrl(), secret).map(([url, last]) => `${url}#${last}`),
    fc
      .tuple(fc.webAuthority({ withPort: true }), secret)
      .map(([host, last]) => `http://${host}/pair#${last}`),
  );
  fc.assert(
    fc.property(paste, (line) => {
      const read = readPairingLine(line);
      if (!read || read.kind === 'in_clear') return;
      expect(read.url).toMatch(/^https:\/\/[^/@]+$|^http:\/\/(127\.|localhost|.*\.localhost|\[::1\])/);
      expect(read.kind === 'key' ? read.key : read.code).toMatch(/^[\w-]{22,}$/);
    }),
  );
});
