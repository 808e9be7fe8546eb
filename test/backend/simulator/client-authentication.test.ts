import { describe, expect, test } from 'vitest';

import { isClient } from '../../../backend/simulator/client-authentication.ts';
import { basic } from './operator-client.ts';

describe('client authentication (RFC 6749 §2.3.1)', () => {
  test.each([
    ['s3cret', 'colon:in:secret'],
    ['percent%41', 'plus+and space'],
    ['id:with:colon', ':'],
    ['ümläut', 'пароль 密码 🔑'],
    ['slash/equals=', '&?#"<>\\'],
  ])('decodes both parts: %j, %j', (id, secret) => {
    expect(isClient(basic(id, secret), { id, secret })).toBe(true);
    expect(isClient(basic(id, `${secret}x`), { id, secret })).toBe(false);
    expect(isClient(basic(`${id}x`, secret), { id, secret })).toBe(false);
  });

  test.each(['a:b', 'a%b', 'a+b', 'é'])('refuses the secret %j when it was not encoded first', (secret) => {
    const raw = `Basic ${Buffer.from(`id:${secret}`).toString('base64')}`;
    expect(isClient(raw, { id: 'id', secret })).toBe(false);
  });

  test.each([undefined, '', 'Basic', 'Basic !!!', 'Bearer abc', `Basic ${btoa('no colon')}`])(
    'refuses %j',
    (header) => {
      expect(isClient(header, { id: 'no colon', secret: '' })).toBe(false);
    },
  );
});
