/** The published tutorial's real bugs on the backend's side, and ours doing each thing right. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readConfig } from '../backend/config.ts';
import { type Bench, call, createRequest, startBench } from './support/bench.ts';
import { REDIRECT_URI } from './support/fixtures.ts';
import { ACCESS_TOKEN, callbackUrl, type LegBench, openLegBench, SUB } from './support/leg-bench.ts';
import { createRun, readRun, submit, walkScenario } from './support/node-walker.ts';
import { answering } from './support/scripted-operator.ts';

let legs: LegBench;
let bench: Bench;
beforeAll(async () => {
  [legs, bench] = await Promise.all([openLegBench(), startBench()]);
});
afterAll(() => Promise.all([legs.close(), bench.close()]));

const lastAsked = (path: string) => legs.operator.asked(path).at(-1);
const form = (body = '') => new URLSearchParams(body);
const calls = (path: string) => legs.operator.asked(path).length;

describe('the backend', () => {
  test('sends the code, not a promise of it (tutorial bug 1)', async () => {
    await legs.play({ callback: (values) => callbackUrl(values, { code: 'the-code-itself' }) });
    expect(form(lastAsked('/token')?.body).get('code')).toBe('the-code-itself');
  });

  test('sends the token, not a promise of it (tutorial bug 2)', async () => {
    await legs.play();
    expect(lastAsked('/premiuminfo')?.headers.authorization).toBe(`Bearer ${ACCESS_TOKEN}`);
  });

  test('reads the result out of the body it has waited for (tutorial bug 3)', async () => {
    const said = (result: boolean) => answering(200, { sub: SUB, device_msisdn_verified: result });
    expect((await legs.play({ premiuminfo: said(true) })).verdict).toBe('match');
    expect((await legs.play({ premiuminfo: said(false) })).verdict).toBe('no_match');
  });

  test('answers JSON, never [object Object] (tutorial bug 4)', async () => {
    const response = await call(bench, 'GET', '/v1/profiles');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({ profiles: [{ id: 'simulated' }] });
  });

  test('answers a failure with its own status and name (tutorial bug 5)', async () => {
    const response = await call(bench, 'POST', '/v1/runs', { nonsense: true });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'api.bad_request' } });
  });

  test('sends one redirect_uri, the same in both legs, and refuses to start without (tutorial bug 15)', async () => {
    const run = await legs.play();
    expect(form(lastAsked('/token')?.body).get('redirect_uri')).toBe(run.profile.redirectUri);
    const { created } = await walkScenario(bench, 'match');
    expect(new URL(created.authorizeUrl).searchParams.get('redirect_uri')).toBe(
      created.run.profile.redirectUri,
    );
    const env = { NV_CLIENT_ID: 'a', NV_CLIENT_SECRET: 'b', API_HOST: 'api.example', NV_REDIRECT_URI: '' };
    expect(() => readConfig(env)).toThrow(/NV_REDIRECT_URI is not set/);
  });

  test('sends the code in the body and nothing in the URL (tutorial bug 17)', async () => {
    await legs.play();
    expect(lastAsked('/token')?.query.size).toBe(0);
    expect(lastAsked('/token')?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('compares state, and spends nothing on another one (tutorial bug 20)', async () => {
    const before = calls('/token');
    const run = await legs.play({ callback: (values) => callbackUrl(values, { state: 'forged' }) });
    expect(run.failure?.code).toBe('callback.state_mismatch');
    expect(calls('/token')).toBe(before);
  });

  test('validates the id_token before it uses what came with it (tutorial bug 21)', async () => {
    const before = calls('/premiuminfo');
    expect((await legs.play({ claims: { nonce: 'replayed' } })).failure?.code).toBe('idtoken.nonce_mismatch');
    expect(calls('/premiuminfo')).toBe(before);
  });

  test('makes state and nonce itself; a browser cannot choose them (tutorial bug 22)', async () => {
    const [one, two] = await Promise.all([
      createRun(bench, createRequest()),
      createRun(bench, createRequest()),
    ]);
    const of = ({ authorizeUrl }: { authorizeUrl: string }, name: string) =>
      new URL(authorizeUrl).searchParams.get(name);
    for (const name of ['state', 'nonce']) {
      expect(of(one, name)).toMatch(/^[0-9a-f-]{36}$/);
      expect(of(one, name)).not.toBe(of(two, name));
    }
    const chosen = await call(bench, 'POST', '/v1/runs', { ...createRequest(), state: 'mine' });
    expect(chosen.status).toBe(400);
  });

  test('answers only to its key, and binds a code to the run it was asked for (tutorial bug 27)', async () => {
    const anyone = await fetch(`${bench.url}/v1/runs`, { method: 'POST', body: '{}' });
    expect(anyone.status).toBe(401);
    const victim = await walkScenario(bench, 'match');
    const thief = await createRun(bench, createRequest());
    await submit(bench, thief.run.id, victim.submission);
    expect((await readRun(bench, thief.run.id)).verdict).toBe('failed');
  });

  test('looks at the status before the body (tutorial bug 28)', async () => {
    const before = calls('/premiuminfo');
    const body = { access_token: 'x', token_type: 'Bearer' };
    const run = await legs.play({ token: answering(500, body) });
    expect(run.failure?.code).toBe('token.unavailable');
    expect(calls('/premiuminfo')).toBe(before);
    expect((await legs.play({ premiuminfo: answering(403, { device_msisdn_verified: true }) })).verdict).toBe(
      'failed',
    );
  });

  test('asks for the paths as they are, without a slash or a question mark more (tutorial bug 30)', () => {
    const env = {
      NV_CLIENT_ID: 'a',
      NV_CLIENT_SECRET: 'b',
      API_HOST: 'https://api.example/mobileconnect/',
      NV_REDIRECT_URI: REDIRECT_URI,
    };
    const profile = readConfig(env).profiles[0]?.profile;
    expect(profile?.tokenUrl).toBe('https://api.example/mobileconnect/deviceinitiated/v1/token');
    expect(profile?.resource.url).toBe('https://api.example/mobileconnect/premiuminfo/v1');
  });
});
