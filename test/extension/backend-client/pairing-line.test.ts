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
  expect(readPairingLine(line)).toEqual({ url, key: KEY });
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
])('%j is no pairing line', (line) => {
  expect(readPairingLine(line)).toBeNull();
});

test('whatever is pasted, the answer is a backend over http(s) or none (X3)', () => {
  const paste = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true }).map((url) => `${url.split('#')[0]}#${KEY}`),
  );
  fc.assert(
    fc.property(paste, (line) => {
      const address = readPairingLine(line);
      if (!address) return;
      expect(address.url).toMatch(/^https?:\/\/[^/@]+$/);
      expect(address.key).toMatch(/^nvi_[\w-]+$/);
    }),
  );
});
