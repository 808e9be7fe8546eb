import { expect, test } from 'vitest';

import { cookiesOf } from '../../../extension/walker/set-cookies.ts';

const URL_OF_HOP = 'https://he.operator.test/in/here?x=1';
const answered = (...values: string[]) =>
  cookiesOf(URL_OF_HOP, {
    kind: 'answered',
    status: 302,
    headers: values.map((value) => ({ name: 'Set-Cookie', value })),
  });

test('a cookie is known by name, host, domain, path and partition, and its value is not kept (PR3)', () => {
  const [one] = answered('sid=very-secret; Domain=.Operator.test; Path=/in; Secure; HttpOnly; Partitioned');
  expect(one).toEqual({
    name: 'sid',
    host: 'he.operator.test',
    domain: 'operator.test',
    path: '/in',
    secure: true,
    partitioned: true,
  });
});

test('without a path it has that of the URL up to the last slash (RFC 6265 §5.1.4)', () => {
  expect(answered('a=1', 'b=1; Path=in').map(({ path }) => path)).toEqual(['/in', '/in']);
  const top = { kind: 'answered', status: 200, headers: [{ name: 'set-cookie', value: 'c=1' }] } as const;
  expect(cookiesOf('http://he.operator.test/page', { ...top, headers: [...top.headers] })[0]?.path).toBe('/');
});

test('several in one header are several, as Firefox has them', () => {
  expect(answered('a=1; Path=/\nb=2; Path=/').map(({ name }) => name)).toEqual(['a', 'b']);
});

test('what an answer takes back was not received (RFC 6265 §5.2.1, §5.2.2)', () => {
  expect(answered('a=; Max-Age=0', 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT')).toEqual([]);
  const kept = answered('a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'b=1; Expires=nonsense');
  expect(kept.map(({ name }) => name)).toEqual(['a', 'b']);
});
