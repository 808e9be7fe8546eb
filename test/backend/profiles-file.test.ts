import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readConfig } from '../../backend/config.ts';
import { StartError, type StartErrorCode } from '../../backend/start-error.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ENTRY = {
  id: 'vodafone-de',
  name: 'Vodafone DE',
  apiHost: 'https://eu2.api.vodafone.com/mobileconnect',
  clientId: 'client-de',
  clientSecretEnv: 'SECRET_DE',
  redirectUri: 'https://app.example/callback',
};
const read = (content: unknown, env = {}) => {
  const file = path.join(folder, 'profiles.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readConfig({ SECRET_DE: 'the-secret', NV_PROFILES_FILE: file, ...env }).profiles;
};
const one = (change: object) => read({ profiles: [{ ...ENTRY, ...change }] });
const refusal = (act: () => unknown): StartErrorCode | 'started' => {
  try {
    act();
    return 'started';
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    expect(error.message).not.toContain('the-secret');
    expect(error.message).toContain('profile');
    return error.code;
  }
};

test('an entry says what differs from the tutorial, and nothing else', () => {
  const [configured] = one({
    pkce: true,
    issuer: 'mobileconnect/issuer',
    limits: { hops: 4 },
    hash: 'plain',
  });
  expect(configured?.clientSecret).toBe('the-secret');
  expect(configured?.profile).toMatchObject({
    id: 'vodafone-de',
    scope: 'openid mc_vm_match_hash',
    pkce: true,
    hash: 'plain',
    limits: { hops: 4, hopMs: 10_000, chainMs: 30_000 },
    tokenUrl: 'https://eu2.api.vodafone.com/mobileconnect/deviceinitiated/v1/token',
  });
  expect(JSON.stringify(configured?.profile)).not.toContain('SECRET_DE');
});

test('three addresses do instead of a base', () => {
  const addresses = {
    apiHost: undefined,
    authorizeUrl: 'https://a.example/authorize',
    tokenUrl: 'https://b.example/token',
    premiuminfoUrl: 'https://c.example/userinfo',
    resultField: 'verified',
  };
  expect(one(addresses)[0]?.profile).toMatchObject({
    authorizeUrl: 'https://a.example/authorize',
    resource: { url: 'https://c.example/userinfo', resultField: 'verified' },
    hosts: [{ pattern: 'a.example', role: 'authorize' }],
  });
});

test('several profiles and the environment’s own go together', () => {
  const entries = [ENTRY, { ...ENTRY, id: 'vodafone-it' }];
  const env = {
    NV_CLIENT_ID: 'a',
    NV_CLIENT_SECRET: 'b',
    API_HOST: 'api.example',
    NV_REDIRECT_URI: 'https://app.example/callback',
  };
  const ids = read({ profiles: entries }, env).map(({ profile }) => profile.id);
  expect(ids).toEqual(['operator', 'vodafone-de', 'vodafone-it']);
});

describe('a file that cannot be used is refused by name (B30)', () => {
  test.each<[string, StartErrorCode, unknown]>([
    ['no JSON', 'config.profiles_file_invalid', '{"profiles":'],
    ['an array', 'config.profiles_file_invalid', [ENTRY]],
    ['a member nobody knows', 'config.profiles_file_invalid', { profiles: [], other: 1 }],
    ['a secret (E13)', 'config.profile_invalid', { profiles: [{ ...ENTRY, clientSecret: 'the-secret' }] }],
    [
      'a secret in the other spelling',
      'config.profile_invalid',
      { profiles: [{ ...ENTRY, client_secret: 'the-secret' }] },
    ],
    ['a misspelt member', 'config.profile_invalid', { profiles: [{ ...ENTRY, cliendId: 'x' }] }],
    ['a profile without an id', 'config.profile_invalid', { profiles: [{ ...ENTRY, id: undefined }] }],
    ['an id with a slash', 'config.profile_invalid', { profiles: [{ ...ENTRY, id: 'a/b' }] }],
    ['no address', 'config.profile_invalid', { profiles: [{ ...ENTRY, apiHost: undefined }] }],
    [
      'a scope without openid',
      'config.profile_invalid',
      { profiles: [{ ...ENTRY, scope: 'mc_vm_match_hash' }] },
    ],
    ['an acr that is none', 'config.profile_invalid', { profiles: [{ ...ENTRY, acrValues: '5' }] }],
    [
      'a token address over http: the secret would travel in clear',
      'config.profile_invalid',
      { profiles: [{ ...ENTRY, tokenUrl: 'http://api.example/token' }] },
    ],
    [
      'a premiuminfo address over http',
      'config.profile_invalid',
      { profiles: [{ ...ENTRY, premiuminfoUrl: 'http://api.example/x' }] },
    ],
    [
      'an authorize address that is no web address',
      'config.profile_invalid',
      { profiles: [{ ...ENTRY, authorizeUrl: 'javascript:alert(1)' }] },
    ],
    [
      'a redirect_uri over http',
      'config.redirect_uri_invalid',
      { profiles: [{ ...ENTRY, redirectUri: 'http://app.example/' }] },
    ],
    [
      'keys over http',
      'config.jwks_url_invalid',
      { profiles: [{ ...ENTRY, jwksUrl: 'http://api.example/jwks' }] },
    ],
    [
      'an address over http',
      'config.api_host_invalid',
      { profiles: [{ ...ENTRY, apiHost: 'http://api.example' }] },
    ],
    [
      'a secret that is not set',
      'config.profile_secret_missing',
      { profiles: [{ ...ENTRY, clientSecretEnv: 'NOT_SET' }] },
    ],
    ['the same id twice', 'config.profile_id_duplicate', { profiles: [ENTRY, ENTRY] }],
    [
      'the id of the simulated operator',
      'config.profile_id_duplicate',
      { profiles: [{ ...ENTRY, id: 'simulated' }] },
    ],
  ])('%s', (_name, code, content) => {
    expect(refusal(() => read(content))).toBe(code);
  });

  test('addresses over http are taken on this machine only, and only where that is meant', () => {
    const tokenUrl = 'http://127.0.0.1:9000/token';
    const [meant] = one({ tokenUrl, privateAddresses: true });
    expect([meant?.profile.tokenUrl, meant?.privateAddresses]).toEqual([tokenUrl, true]);
    expect(meant?.profile).not.toHaveProperty('privateAddresses');
    expect(refusal(() => one({ tokenUrl }))).toBe('config.address_forbidden');
    expect(refusal(() => one({ tokenUrl: 'http://10.1.2.3/token', privateAddresses: true }))).toBe(
      'config.profile_invalid',
    );
  });

  test('or where a host rule of the profile marks that very host as http', () => {
    const tokenUrl = 'http://token.operator.example/token';
    const hosts = (pattern: string, scheme: string) => [{ pattern, role: 'gateway', scheme }];
    expect(one({ tokenUrl, hosts: hosts('token.operator.example', 'http') })[0]?.profile.tokenUrl).toBe(
      tokenUrl,
    );
    for (const rules of [
      hosts('token.operator.example', 'either'),
      hosts('*.operator.example', 'http'),
      hosts('operator.example', 'http'),
    ])
      expect(refusal(() => one({ tokenUrl, hosts: rules }))).toBe('config.profile_invalid');
  });
});
