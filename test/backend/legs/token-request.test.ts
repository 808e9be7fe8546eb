import { describe, expect, test } from 'vitest';

import { buildTokenRequest } from '../../../backend/legs/token/token-request.ts';
import { profileAt } from '../../support/fixtures.ts';

const grant = { code: 'a+b/c=&é', codeVerifier: 'verifier', correlationId: 'correlation' };
const build = (change = {}, secret = 's3cret', given = grant) =>
  buildTokenRequest(profileAt('https://api.example', change), secret, given);
const fields = (text: string | null) => Object.fromEntries(new URLSearchParams(text ?? ''));

const parameters = {
  grant_type: 'authorization_code',
  code: 'a+b/c=&é',
  redirect_uri: 'https://app.example/callback',
  correlation_id: 'correlation',
  code_verifier: 'verifier',
};

test('sends the code as a form in the body, and nothing in the URL (RFC 6749 §4.1.3)', () => {
  const request = build();
  expect(request).toMatchObject({ method: 'POST', url: 'https://api.example/token' });
  expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(fields(request.body)).toEqual(parameters);
});

test('sends the redirect_uri of the authorize request, character by character (RFC 6749 §4.1.3)', () => {
  const redirectUri = 'https://App.example/Call%2Fback?a=1&b=%20';
  expect(fields(build({ redirectUri }).body).redirect_uri).toBe(redirectUri);
});

test('leaves out the verifier without PKCE (RFC 7636 §4.5)', () => {
  expect(fields(build({}, 's', { ...grant, codeVerifier: null } as never).body)).not.toHaveProperty(
    'code_verifier',
  );
});

test('sends the parameters in the query where the profile says so, and the secret never there (TK30)', () => {
  const request = build({ tokenParams: 'query' });
  expect(request.body).toBeNull();
  expect(fields(new URL(request.url).search)).toEqual(parameters);
  expect(request.headers.authorization).toMatch(/^Basic /);
});

test('sends the secret in the body where the profile says so (RFC 6749 §2.3.1)', () => {
  const request = build({ tokenAuth: 'post' });
  expect(request.headers.authorization).toBeUndefined();
  expect(fields(request.body)).toMatchObject({ client_id: 'client-1', client_secret: 's3cret' });
});

describe('encodes both halves before Basic (RFC 6749 §2.3.1, TK26)', () => {
  test.each([
    ['a colon', 'client-1', 'a:b', 'client-1:a%3Ab'],
    ['a percent sign', 'client-1', '100%', 'client-1:100%25'],
    ['a plus sign', 'client-1', 'a+b', 'client-1:a%2Bb'],
    ['a space', 'client-1', 'a b', 'client-1:a+b'],
    ['a letter outside ASCII', 'client-1', 'é€', 'client-1:%C3%A9%E2%82%AC'],
    ['an ampersand and an equals sign', 'client-1', 'a&b=c', 'client-1:a%26b%3Dc'],
    ['a colon in the client id', 'urn:client', 's', 'urn%3Aclient:s'],
    ['nothing special', 'AZaz09._', 'x_y.z', 'AZaz09._:x_y.z'],
    ['a UUID, left as it is', '0d333b39-96ca-4ae3-a715', 's-e_c.r', '0d333b39-96ca-4ae3-a715:s-e_c.r'],
  ])('%s', (_name, clientId, secret, expected) => {
    const { authorization = '' } = build({ clientId }, secret).headers;
    const decoded = Buffer.from(authorization.slice('Basic '.length), 'base64').toString();
    expect(decoded).toBe(expected);
    // A server decodes each half once.
    const halves = (text: string) => text.split(':').map((half) => new URLSearchParams(`x=${half}`).get('x'));
    expect(halves(decoded)).toEqual([clientId, secret]);
    expect(decoded).toMatch(/^[\x21-\x39\x3b-\x7e]+:[\x21-\x39\x3b-\x7e]+$/);
  });
});
