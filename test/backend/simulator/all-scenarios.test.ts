import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { allScenarios } from '../../../backend/simulator/all-scenarios.ts';
import {
  type SimulatedOperator,
  startSimulatedOperator,
} from '../../../backend/simulator/simulated-operator.ts';
import { authorizeUrl, openBrowser, walk } from './operator-client.ts';

let operator: SimulatedOperator;
beforeAll(async () => {
  operator = await startSimulatedOperator({ mode: 'loopback', client: { id: 'client-1', secret: 's3cret' } });
});
afterAll(() => operator.close());

test('every scenario has a name and a number of its own, from the range for drama', () => {
  const numbers = allScenarios.flatMap(({ number, sim }) => (sim ? [number, sim] : [number]));
  expect(numbers.filter((one, at) => numbers.indexOf(one) !== at)).toEqual([]);
  for (const number of numbers) expect(number).toMatch(/^\+447700900\d{3}$/);
  const names = allScenarios.map(({ name }) => name);
  expect(names.filter((one, at) => names.indexOf(one) !== at)).toEqual([]);
  for (const { about } of allScenarios) expect(about).toMatch(/^\S.{10,150}\.$/);
});

test('the chain plays each of the eight toxics', () => {
  const hops = allScenarios.flatMap((scenario) => Object.values(scenario.hops ?? {}));
  const kinds = new Set(hops.flatMap(({ toxic }) => (toxic ? [toxic.kind] : [])));
  expect([...kinds].sort()).toEqual(
    ['bandwidth', 'down', 'hang', 'latency', 'limit', 'reset', 'slice', 'slow_close'].sort(),
  );
});

describe('what stands in braces is filled in when it is played', () => {
  const templates = allScenarios.filter(({ tlsOnly, hops = {} }) => {
    const text = JSON.stringify(hops);
    return !tlsOnly && /\{[a-z_]+\}/.test(text) && !/"(toxic|filler)":/.test(text);
  });

  test.each(templates.map(({ name }) => name))('%s', async (scenario) => {
    const browser = openBrowser(operator);
    const hops: string[] = [];
    const get = browser.get;
    browser.get = async (url) => {
      const hop = await get(url);
      hops.push(JSON.stringify([hop.headers.location, hop.body]));
      return hop;
    };
    // What is no HTTP, or leads to what is no URL, ends the walk with what was heard so far.
    await walk(operator, browser, authorizeUrl(operator, { scenario })).catch(() => undefined);
    await browser.close();
    expect(hops.length).toBeGreaterThan(0);
    for (const hop of hops) expect(hop).not.toMatch(/\{[a-z_]+\}/);
  });

  test('no scenario hands a code to a browser that lost the gateway’s cookie', async () => {
    const forgetful = openBrowser(operator, { keepsCookies: false });
    for (const scenario of ['callback-code-twice', 'near-path', 'page-form-post']) {
      const { callback } = await walk(operator, forgetful, authorizeUrl(operator, { scenario }));
      expect(callback?.searchParams.get('error')).toBe('server_error');
      expect(callback?.searchParams.has('code')).toBe(false);
    }
    await forgetful.close();
  });
});
