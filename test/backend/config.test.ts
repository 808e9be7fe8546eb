import { describe, expect, test } from 'vitest';

import { type Environment, readConfig } from '../../backend/config.ts';
import { LOOPBACK_ONLY } from '../../backend/sharing.ts';
import { StartError, type StartErrorCode } from '../../backend/start-error.ts';

const OPERATOR: Environment = {
  NV_CLIENT_ID: 'client-1',
  NV_CLIENT_SECRET: 'the-secret',
  API_HOST: 'https://eu2.api.vodafone.com/mobileconnect',
  NV_REDIRECT_URI: 'https://app.example/callback',
};
const profileOf = (change: Environment = {}) => readConfig({ ...OPERATOR, ...change }).profiles[0]?.profile;

function refusal(env: Environment): StartErrorCode | 'started' {
  try {
    readConfig(env);
    return 'started';
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    expect(error.message).toMatch(/^[^\n]{20,400}\.$/);
    expect(error.message).not.toContain('the-secret');
    return error.code;
  }
}

describe('nothing configured', () => {
  test('offers no operator, listens on 8787 and logs at info', () => {
    expect(readConfig({})).toEqual({
      port: 8787,
      dataFolder: 'data',
      logLevel: 'info',
      databaseUrl: null,
      retentionDays: 30,
      profiles: [],
      serverKey: null,
      sharing: LOOPBACK_ONLY,
      rates: { runs: 0, calls: 0, refusals: 0 },
    });
    expect(
      readConfig({ NV_CLIENT_ID: '', API_HOST: '', NV_PROFILES_FILE: '', NV_PORT: '' }).profiles,
    ).toEqual([]);
  });
});

describe('limits', () => {
  const SHARED = { NV_PUBLIC_URL: 'https://verify.example', NV_TRUSTED_PROXIES: '127.0.0.1' };

  test('are there for a team, each can be set, and loopback has those that are set (B15, T32)', () => {
    expect(readConfig(SHARED).rates).toEqual({ runs: 60, calls: 600, refusals: 30 });
    const set = { NV_RATE_RUNS: '5', NV_RATE_CALLS: '0', NV_DAILY_CALLS: '7' };
    expect(readConfig({ ...SHARED, ...set }).rates).toEqual({ runs: 5, calls: 0, refusals: 30 });
    expect(readConfig(set).rates).toEqual({ runs: 5, calls: 0, refusals: 0 });
    const dailyCalls = (env: Record<string, string>) =>
      readConfig({ ...OPERATOR, ...env }).profiles.map((one) => one.dailyCalls);
    expect([dailyCalls(SHARED), dailyCalls(set), dailyCalls({})]).toEqual([[10_000], [7], [0]]);
  });

  test.each(['-1', '1.5', 'many', '1e3', ' '])('of "%s" are refused', (value) => {
    expect(refusal({ NV_DAILY_CALLS: value })).toBe('config.limit_invalid');
  });

  test('count by address, so a proxy in front of an https address has to be named (B21)', () => {
    expect(refusal({ NV_PUBLIC_URL: 'https://verify.example' })).toBe('config.tls_missing');
    expect(readConfig({ NV_PUBLIC_URL: 'http://127.0.0.1:8787' }).rates.runs).toBe(60);
  });
});

describe('NV_TRUSTED_PROXIES, whose word on the caller’s address is taken (B21)', () => {
  const shared = (NV_TRUSTED_PROXIES: string) => ({
    NV_PUBLIC_URL: 'https://verify.example',
    NV_TRUSTED_PROXIES,
  });

  test.each([
    '0.0.0.0/00',
    '0.0.0.0/1',
    '0.0.0.0/7',
    '10.0.0.0/08',
    '10.0.0.0/33',
    '::/0',
    '::/000',
    '::/15',
    '::/64',
    '::ffff:0:0/96',
    '::ffff:128.0.0.0/97',
    'fd00::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
  ])('%s is refused', (range) => {
    expect(refusal(shared(range))).toBe('config.trusted_proxies_invalid');
  });

  test('and what names proxies is taken', () => {
    const ranges = ['10.0.0.5', '10.0.0.0/8', '192.168.7.0/24', '::1', 'fd00::/16', '::ffff:10.0.0.0/104'];
    expect(readConfig(shared(ranges.join(', '))).sharing.trustedProxies).toEqual(ranges);
  });
});

describe('the tutorial’s variables', () => {
  test('make the profile that Number Verify asks for', () => {
    expect(profileOf()).toMatchObject({
      id: 'operator',
      authorizeUrl: 'https://eu2.api.vodafone.com/mobileconnect/deviceinitiated/v1/authorize',
      tokenUrl: 'https://eu2.api.vodafone.com/mobileconnect/deviceinitiated/v1/token',
      resource: { url: 'https://eu2.api.vodafone.com/mobileconnect/premiuminfo/v1' },
      clientId: 'client-1',
      redirectUri: 'https://app.example/callback',
      scope: 'openid mc_vm_match_hash',
      tokenAuth: 'basic',
      tokenParams: 'body',
      issuer: null,
      jwksUrl: null,
    });
  });

  test('allow the hash doctor unless it is switched off', () => {
    expect(profileOf()?.hashDoctor).toBe(true);
    expect(profileOf({ NV_HASH_DOCTOR: 'on' })?.hashDoctor).toBe(true);
    expect(profileOf({ NV_HASH_DOCTOR: 'off' })?.hashDoctor).toBe(false);
  });

  test('work under the names the tutorial gives them as well', () => {
    const { NV_CLIENT_ID, API_HOST, ...rest } = OPERATOR;
    const config = readConfig({
      ...rest,
      NEXT_PUBLIC_NV_CLIENT_ID: NV_CLIENT_ID,
      NEXT_PUBLIC_API_HOST: API_HOST,
    });
    expect(config.profiles[0]?.profile).toEqual(profileOf());
  });

  test('keep the secret beside the profile, never in it (PR2)', () => {
    const [configured] = readConfig(OPERATOR).profiles;
    expect(configured?.clientSecret).toBe('the-secret');
    expect(JSON.stringify(configured?.profile)).not.toContain('the-secret');
  });

  test('know that Vodafone’s enrichment hop lies anywhere below its domain, and may be http', () => {
    expect(profileOf()?.hosts).toContainEqual({
      pattern: '*.vodafone.com',
      role: 'gateway',
      scheme: 'either',
    });
    expect(profileOf({ API_HOST: 'https://api.example' })?.hosts).toEqual([
      { pattern: 'api.example', role: 'authorize', scheme: 'https' },
    ]);
  });
});

describe('API_HOST', () => {
  test.each([
    [
      'with scheme',
      'https://api.example/mobileconnect',
      'https://api.example/mobileconnect/deviceinitiated/v1/token',
    ],
    [
      'without scheme',
      'api.example/mobileconnect',
      'https://api.example/mobileconnect/deviceinitiated/v1/token',
    ],
    [
      'with a slash at its end',
      'https://api.example/mobileconnect/',
      'https://api.example/mobileconnect/deviceinitiated/v1/token',
    ],
    ['with two', 'https://api.example//', 'https://api.example/deviceinitiated/v1/token'],
    ['without a path', 'api.example', 'https://api.example/deviceinitiated/v1/token'],
    ['with a port', 'api.example:8443', 'https://api.example:8443/deviceinitiated/v1/token'],
  ])('%s', (_name, API_HOST, tokenUrl) => {
    expect(profileOf({ API_HOST })?.tokenUrl).toBe(tokenUrl);
  });

  test.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'https://10.0.0.5'])(
    '%s is refused unless NV_PRIVATE_ADDRESSES is on',
    (API_HOST) => {
      const tokenUrl = `${API_HOST}/deviceinitiated/v1/token`;
      expect(profileOf({ API_HOST, NV_PRIVATE_ADDRESSES: 'on' })?.tokenUrl).toBe(tokenUrl);
      for (const NV_PRIVATE_ADDRESSES of [undefined, '', 'off'])
        expect(refusal({ ...OPERATOR, API_HOST, NV_PRIVATE_ADDRESSES })).toBe('config.address_forbidden');
    },
  );

  test.each([
    'http://api.example',
    'ftp://api.example',
    'https://',
    'https://api.example?x=1',
    'https://api.example#x',
    'https://user@api.example',
    'a b',
  ])('%s is refused', (API_HOST) => {
    expect(refusal({ ...OPERATOR, API_HOST })).toBe('config.api_host_invalid');
  });
});

describe('NV_REDIRECT_URI', () => {
  test.each([
    'https://app.example/callback?x=1',
    'http://127.0.0.1:3000/cb',
    'http://localhost/cb',
    'myapp://cb',
  ])('%s is kept to the letter', (NV_REDIRECT_URI) => {
    expect(profileOf({ NV_REDIRECT_URI })?.redirectUri).toBe(NV_REDIRECT_URI);
  });

  test.each([
    '/callback',
    'app.example/callback',
    'http://app.example/callback',
    'https://app.example/cb#x',
    'https://u@app.example/',
  ])('%s is refused (RFC 6749 §3.1.2)', (NV_REDIRECT_URI) => {
    expect(refusal({ ...OPERATOR, NV_REDIRECT_URI })).toBe('config.redirect_uri_invalid');
  });
});

describe('every fault of the configuration has a name and one sentence (B30)', () => {
  test.each<[StartErrorCode, Environment]>([
    ['config.client_id_missing', { ...OPERATOR, NV_CLIENT_ID: '' }],
    ['config.client_secret_missing', { ...OPERATOR, NV_CLIENT_SECRET: undefined }],
    ['config.api_host_missing', { ...OPERATOR, API_HOST: '' }],
    ['config.redirect_uri_missing', { ...OPERATOR, NV_REDIRECT_URI: '' }],
    ['config.client_id_missing', { NV_REDIRECT_URI: 'https://app.example/callback' }],
    ['config.jwks_url_invalid', { ...OPERATOR, NV_JWKS_URL: 'http://api.example/jwks' }],
    ['config.jwks_url_invalid', { ...OPERATOR, NV_JWKS_URL: 'jwks' }],
    ['config.profile_invalid', { ...OPERATOR, NV_COUNTRY: 'gb' }],
    ['config.profile_invalid', { ...OPERATOR, NV_COUNTRY: 'Britain' }],
    ['config.profile_invalid', { ...OPERATOR, NV_HASH_DOCTOR: 'no' }],
    ['config.profile_invalid', { ...OPERATOR, NV_PROFILE_NAME: 'x'.repeat(81) }],
    ['config.port_invalid', { NV_PORT: '65536' }],
    ['config.port_invalid', { NV_PORT: '-1' }],
    ['config.port_invalid', { NV_PORT: '80a' }],
    ['config.port_invalid', { NV_PORT: ' 80' }],
    ['config.log_level_invalid', { NV_LOG_LEVEL: 'loud' }],
    ['config.profile_invalid', { ...OPERATOR, NV_PRIVATE_ADDRESSES: 'yes' }],
    ['config.address_forbidden', { ...OPERATOR, NV_JWKS_URL: 'https://10.0.0.1/jwks' }],
    ['config.upstream_connections_invalid', { NV_UPSTREAM_CONNECTIONS: '0' }],
    ['config.upstream_connections_invalid', { NV_UPSTREAM_CONNECTIONS: 'many' }],
    ['config.upstream_connections_invalid', { NV_UPSTREAM_CONNECTIONS: '10001' }],
    ['config.proxy_invalid', { HTTPS_PROXY: 'socks5://proxy.example:1080' }],
    ['config.proxy_invalid', { https_proxy: 'http://' }],
    ['config.proxy_invalid', { HTTPS_PROXY: 'http://user:the%secret@proxy.example' }],
    ['config.extra_ca_unusable', { NV_EXTRA_CA_FILE: '/nowhere/ca.pem' }],
    ['config.extra_ca_unusable', { NV_EXTRA_CA_FILE: 'package.json' }],
    ['config.tls_checks_disabled', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['config.profiles_file_unreadable', { NV_PROFILES_FILE: '/nowhere/profiles.json' }],
  ])('%s (%#)', (code, env) => {
    expect(refusal(env)).toBe(code);
  });

  test('and what is right is taken', () => {
    const env = {
      ...OPERATOR,
      NV_COUNTRY: 'GB',
      NV_PROFILE_NAME: 'Live',
      NV_JWKS_URL: 'https://api.example/jwks',
      NV_ISSUER: 'mobileconnect/issuer',
    };
    expect(
      readConfig({ ...env, NV_PORT: '0', NV_LOG_LEVEL: 'trace', NV_DATA_DIR: '/srv/nvi' }),
    ).toMatchObject({
      port: 0,
      logLevel: 'trace',
      dataFolder: '/srv/nvi',
      profiles: [{ profile: { name: 'Live', country: 'GB', issuer: 'mobileconnect/issuer' } }],
    });
  });
});

describe('a backend that others can reach takes no credential of an example (B30)', () => {
  const shared = {
    ...OPERATOR,
    NV_CLIENT_SECRET: 'gX7-issued-1',
    NV_PUBLIC_URL: 'https://verify.example',
    NV_TRUSTED_PROXIES: '127.0.0.1',
  };

  test.each(['changeme', 'Change-Me', 'your_client_secret', 'short', 'aaaaaaaaaaaa', 'postgres'])(
    'not "%s", whatever NODE_ENV says, and names the variable',
    (secret) => {
      for (const NODE_ENV of [undefined, 'development', 'production']) {
        const start = (change: Environment) => () => readConfig({ ...shared, ...change, NODE_ENV });
        const code = 'config.default_credential';
        expect(start({ NV_CLIENT_SECRET: secret })).toThrow(
          expect.objectContaining({ code, message: expect.stringMatching(/^NV_CLIENT_SECRET holds/) }),
        );
        expect(start({ DATABASE_URL: `postgres://nv:${secret}@db.example/runs` })).toThrow(
          expect.objectContaining({ code, message: expect.stringMatching(/^DATABASE_URL holds/) }),
        );
      }
    },
  );

  test('takes one that was issued, and a database that asks for no password; on its own machine all is as it was', () => {
    expect(refusal({ ...shared, DATABASE_URL: 'postgres://nv@db.example/runs' })).toBe('started');
    expect(refusal({ ...OPERATOR, NV_CLIENT_SECRET: 'short' })).toBe('started');
  });
});

describe('where runs are kept, and for how long', () => {
  test.each([
    ['postgres://nv:secret@db.example:5432/runs', 'started'],
    ['postgresql://db.example/runs?sslmode=verify-full', 'started'],
    ['', 'started'],
    ['mysql://db.example/runs', 'config.database_url_invalid'],
    ['postgres://db.example', 'config.database_url_invalid'],
    ['runs.db', 'config.database_url_invalid'],
  ])('DATABASE_URL %j: %s', (DATABASE_URL, outcome) => {
    expect(refusal({ DATABASE_URL })).toBe(outcome);
  });

  test('a refused DATABASE_URL is not repeated: it carries a password (PR3)', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://nv:canary@db.example/runs' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('canary') }),
    );
  });

  test.each([
    ['', 30],
    ['0', 0],
    ['365', 365],
  ])('NV_RETENTION_DAYS %j means %i days', (NV_RETENTION_DAYS, days) => {
    expect(readConfig({ NV_RETENTION_DAYS }).retentionDays).toBe(days);
  });

  test.each(['-1', '1.5', 'forever', '36501'])('NV_RETENTION_DAYS %j is refused', (NV_RETENTION_DAYS) => {
    expect(refusal({ NV_RETENTION_DAYS })).toBe('config.retention_invalid');
  });
});
