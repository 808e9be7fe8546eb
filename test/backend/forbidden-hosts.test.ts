import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readConfig } from '../../backend/config.ts';
import { StartError } from '../../backend/start-error.ts';
import type { ConnectOptions } from '../../backend/upstream/connect.ts';
import { createUpstream, type UpstreamAnswer } from '../../backend/upstream/send.ts';
import { connectionsDuring } from '../support/connection-count.ts';
import { FORBIDDEN_HOSTS } from '../support/forbidden-hosts.ts';
import { type ScriptedOperator, startScriptedOperator } from '../support/scripted-operator.ts';

/** Should the product's own check ever break, Node stops what would leave this machine, and no name is looked up. */
const elsewhere = new BlockList();
elsewhere.addRange('0.0.0.0', '126.255.255.255', 'ipv4');
elsewhere.addRange('128.0.0.0', '255.255.255.255', 'ipv4');
// Around the mapped ones, which are judged as IPv4: a network of all would be one of 127.0.0.1 as well.
elsewhere.addRange('::2', '::fffe:ffff:ffff', 'ipv6');
elsewhere.addRange('::1:0:0:0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ipv6');
const HERE: ConnectOptions = {
  blockList: elsewhere,
  lookup: (_hostname, _options, done) =>
    done(Object.assign(new Error('No name here'), { code: 'NO_NAME' }), []),
};

let folder: string;
let operator: ScriptedOperator;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hosts-'));
  operator = await startScriptedOperator();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await operator.close();
});

const ENTRY = {
  id: 'one',
  name: 'One',
  authorizeUrl: 'https://api.example/authorize',
  tokenUrl: 'https://api.example/token',
  premiuminfoUrl: 'https://api.example/premiuminfo',
  clientId: 'c',
  clientSecretEnv: 'SECRET',
  redirectUri: 'https://app.example/cb',
};

/** What a start says of a profile that differs so. */
function start(change: object): string {
  const file = path.join(folder, 'profiles.json');
  writeFileSync(file, JSON.stringify({ profiles: [{ ...ENTRY, ...change }] }));
  try {
    readConfig({ SECRET: 'the-secret', NV_PROFILES_FILE: file });
    return 'started';
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    expect(error.message).not.toContain('secret@');
    return error.code;
  }
}

describe('a host to which no secret may go (B22)', () => {
  test('is spelt in more than forty ways', () => {
    expect(new Set(FORBIDDEN_HOSTS.map(([url]) => url)).size).toBeGreaterThan(40);
    expect(start({})).toBe('started');
  });

  test.each(FORBIDDEN_HOSTS)('%s is no start, and past that no connection', async (url, code, raw) => {
    const begun = await connectionsDuring(async () => {
      for (const member of ['tokenUrl', 'premiuminfoUrl', 'authorizeUrl'])
        expect(start({ [member]: url }), member).toBe(code);
      const ofJwks = code === 'config.profile_invalid' ? 'config.jwks_url_invalid' : code;
      expect(start({ jwksUrl: url })).toBe(ofJwks);
      await past(url, raw);
    });
    expect(begun).toBe(0);
  });

  test.each(FORBIDDEN_HOSTS.filter(([url]) => /^https?:\/\//.test(url)))(
    '%s is no base of an API either',
    (url, code) => {
      const base = code === 'config.profile_invalid' ? 'config.api_host_invalid' : code;
      expect(start({ apiHost: url })).toBe(base);
    },
  );

  test('is counted where it is reached: the count sees a connection', async () => {
    const ask = () => sendPastAll(`${operator.origin}/`);
    expect(await connectionsDuring(ask)).toBe(1);
  });

  test.each([
    ['http://8.8.8.8/', 'ERR_IP_BLOCKED'],
    ['http://169.254.169.254/', 'ERR_IP_BLOCKED'],
    ['http://[2d00::1]/', 'ERR_IP_BLOCKED'],
    ['http://[::ffff:8.8.8.8]/', 'ERR_IP_BLOCKED'],
    ['http://[64:ff9b::8.8.8.8]/', 'ERR_IP_BLOCKED'],
    ['http://api.example/', 'NO_NAME'],
  ])('is out of reach of this file even where nothing judges it: %s', async (url, raw) => {
    expect(await sendPastAll(url)).toMatchObject({ kind: 'failed', fault: { raw, sent: 'no' } });
  });
});

/** Sent by an upstream that may send anywhere. */
async function sendPastAll(url: string): Promise<UpstreamAnswer> {
  const origins = new Set([new URL(url).origin]);
  const upstream = createUpstream({ origins, privateAddresses: true, connect: HERE });
  const answer = await upstream.send({ method: 'GET', url, headers: {}, body: null });
  await upstream.close();
  return answer;
}

/** The same URL handed to a connection that was never told of the configuration. */
async function past(url: string, raw: string | null): Promise<void> {
  const parsed = URL.parse(url);
  // A host that the world reaches in that spelling is no affair of the connection: the configuration wants it plain.
  if (raw === null && parsed?.protocol.startsWith('http') && !parsed.username && !parsed.port) return;
  const upstream = createUpstream({ origins: new Set(parsed ? [parsed.origin] : []), connect: HERE });
  const sent = upstream.send({ method: 'POST', url, headers: {}, body: 'code=x' });
  if (raw === null) await expect(sent).rejects.toThrow(TypeError);
  else
    expect(await sent).toMatchObject({
      kind: 'failed',
      fault: { code: 'address_forbidden', raw, sent: 'no' },
    });
  await upstream.close();
}

test('a host that only looks like one of the profile is none of it, and is not connected to (B22)', async () => {
  const upstream = createUpstream({ origins: new Set(['https://api.example']), connect: HERE });
  const begun = await connectionsDuring(async () => {
    for (const url of [
      'https://api.example.evil.example/token',
      'https://api.example@evil.example/token',
      'https://evil.example#https://api.example/token',
      'https://evil.example/https://api.example/token',
      'https://evil.example\\@api.example/token',
      'https://api.example./token',
      'https://аpi.example/token',
      'https://api.example:8443/token',
      'http://api.example/token',
    ])
      await expect(upstream.send({ method: 'GET', url, headers: {}, body: null })).rejects.toThrow(
        /No profile names/,
      );
  });
  expect(begun).toBe(0);
});

test('a connector of its own, which judges nothing, is for private addresses alone (B22)', () => {
  expect(() => createUpstream({ origins: new Set(), connect: () => undefined })).toThrow(TypeError);
});
