/** Token and premiuminfo hosts that cannot be reached as configured: variants of the simulated profile. */
import { buildConnector } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Profile } from '#protocol/profile.ts';
import { legOf } from '#protocol/run-reading.ts';

import type { ServerProfile } from '../../../backend/legs/provider.ts';
import { type Bench, startBench } from '../../support/bench.ts';
import { playCounted } from '../../support/evil-rows.ts';

/** Where a variant's endpoint is, with the row, the fault, and who has to see to it. */
const PLACES = [
  ['no-such-name', 'TK18', 'https://no-such-host.invalid', 'dns', 'name_not_found', 'backend'],
  ['untrusted', 'TK19', 'https://untrusted.operator.test', 'tls', 'tls_broken', 'backend'],
  ['other-name', 'TK19', 'https://not-in-the-certificate.test', 'tls', 'tls_broken', 'backend'],
  ['plain-http', 'TK19', 'https://unencrypted.operator.test', 'tls', 'tls_broken', 'backend'],
] as const;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({
    variants: (simulated) =>
      PLACES.flatMap(([name, , origin]) => [
        variant(simulated, `token-${name}`, { tokenUrl: `${origin}/token` }),
        variant(simulated, `keys-${name}`, { jwksUrl: `${origin}/jwks` }),
        variant(simulated, `premiuminfo-${name}`, {
          resource: { ...simulated.profile.resource, url: `${origin}/premiuminfo` },
        }),
      ]),
  });
});
afterAll(() => bench.close());

function variant(simulated: ServerProfile, id: string, change: Partial<Profile>): ServerProfile {
  const plain = buildConnector({ timeout: 3000 });
  const connect: buildConnector.connector = (options, done) => {
    if (options.hostname.endsWith('.invalid')) return plain(options, done);
    const { connect: simulate } = simulated;
    // The host that promises TLS and has none is reached on the port that speaks plain http.
    const inClear = options.hostname === 'unencrypted.operator.test';
    if (inClear) {
      return plain({ ...options, hostname: '127.0.0.1', port: String(bench.operator.ports.http) }, done);
    }
    if (typeof simulate === 'function') simulate(options, done);
  };
  return { ...simulated, connect, profile: { ...simulated.profile, id, ...change } };
}

describe.each(['token', 'premiuminfo'] as const)('%s', (leg) => {
  test.each(PLACES)('%s is failed with nothing sent, after three tries (%s)', async (place, ...row) => {
    const [, , fault, cause, owner] = row;
    const { run, calls } = await playCounted(bench, 'match', { profileId: `${leg}-${place}` });
    expect([run.verdict, run.failure?.code]).toEqual(['failed', `${leg}.${fault}`]);
    expect([run.cause?.code, run.cause?.owner]).toEqual([cause, owner]);
    expect(run.failure?.codeSpent).toBe(leg === 'token' ? 'no' : 'yes');
    expect([calls.token, calls.premiuminfo]).toEqual([leg === 'token' ? 0 : 1, 0]);
    expect(legOf(run, leg).exchanges.map(({ sent }) => sent)).toEqual(['no', 'no', 'no']);
  });
});

test.each([
  ['no-such-name', 'TK18', /: dns: (ENOTFOUND|EAI_AGAIN)$/, 'check_jwks_url'],
  ['untrusted', 'TK19', /: tls: [A-Z_]+$/, 'check_backend_tls'],
])(
  'keys: %s leaves the id_token unjudged, and the run says what broke (%s)',
  async (place, _id, said, cure) => {
    const { run, calls } = await playCounted(bench, 'match', { profileId: `keys-${place}` });
    expect(run).toMatchObject({
      verdict: 'failed',
      failure: { code: 'idtoken.jwks_unread', check: 'signature', codeSpent: 'yes' },
      cause: { code: 'keys_unread', owner: 'backend', cure },
    });
    expect(run.cause?.evidence[0]?.detail).toMatch(said);
    expect([calls.token, calls.premiuminfo, calls.jwks]).toEqual([1, 0, 0]);
  },
);
