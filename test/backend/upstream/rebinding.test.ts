import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LookupAddress } from 'node:dns';
import { BlockList, type LookupFunction, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createUpstream, type UpstreamAnswer } from '../../../backend/upstream/send.ts';
import { connectionsDuring } from '../../support/connection-count.ts';
import { type ScriptedOperator, startScriptedOperator } from '../../support/scripted-operator.ts';

/** An address of the world. Node itself stops what gets as far as connecting to it, so that no test leaves this machine. */
const NOBODY = '2d00::1';
const blockList = new BlockList();
blockList.addAddress(NOBODY, 'ipv6');
const STOPPED = { raw: 'ERR_IP_BLOCKED', sent: 'no' };

let operator: ScriptedOperator;
let origin: string;
beforeAll(async () => {
  operator = await startScriptedOperator();
  operator.on('/token', (_asked, response) => void response.end('{}'));
  origin = `http://api.operator.example:${new URL(operator.origin).port}`;
});
afterAll(() => operator.close());

/** A resolver that says one thing after the other, with a time to live of nothing; the last for ever. */
function resolver(...answers: string[][]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, options, done) => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    const all = found.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) done(null, all);
    else done(null, all[0]?.address ?? '', all[0]?.family);
  };
  return { asked, lookup };
}

interface Sent {
  answers: UpstreamAnswer[];
  begun: number;
  /** Each address that was tried. */
  tried: string[];
}

/** One upstream that sends so often, and what it connected to meanwhile. */
async function send(connect: object, times = 1, privateAddresses = false): Promise<Sent> {
  const tried: string[] = [];
  const watch = (message: unknown) =>
    void (message as { socket: Socket }).socket.on('connectionAttempt', (ip: string) => tried.push(ip));
  const upstream = createUpstream({
    origins: new Set([origin]),
    privateAddresses,
    connect: { timeout: 300, blockList, ...connect },
  });
  const answers: UpstreamAnswer[] = [];
  subscribe('net.client.socket', watch);
  const begun = await connectionsDuring(async () => {
    for (let time = 0; time < times; time += 1)
      answers.push(
        await upstream.send({ method: 'POST', url: `${origin}/token`, headers: {}, body: 'code=x' }),
      );
  });
  unsubscribe('net.client.socket', watch);
  await upstream.close();
  return { answers, begun, tried };
}

const refused = (raw: string) => ({ kind: 'failed', fault: { code: 'address_forbidden', raw, sent: 'no' } });

describe('a name that leads inside this network is not connected to (B23)', () => {
  test.each([
    ['this machine', ['127.0.0.1'], 'ADDRESS_THIS_MACHINE'],
    ['this machine, by AAAA', ['::1'], 'ADDRESS_THIS_MACHINE'],
    ['the metadata of a cloud', ['169.254.169.254'], 'ADDRESS_LINK_LOCAL'],
    ['a private network', ['10.20.30.40'], 'ADDRESS_PRIVATE'],
    ['one address in the world and one here', [NOBODY, '127.0.0.1'], 'ADDRESS_THIS_MACHINE'],
    ['the same the other way round', ['127.0.0.1', NOBODY], 'ADDRESS_THIS_MACHINE'],
    ['A in the world and AAAA here', ['8.8.8.8', '::ffff:127.0.0.1'], 'ADDRESS_THIS_MACHINE'],
    [
      'many in the world and the last of them private',
      [NOBODY, NOBODY, NOBODY, 'fd00::1'],
      'ADDRESS_PRIVATE',
    ],
  ])('%s', async (_name, addresses, raw) => {
    for (const autoSelectFamily of [true, false]) {
      const { lookup } = resolver(addresses);
      const { answers, begun } = await send({ lookup, autoSelectFamily });
      expect(answers).toMatchObject([refused(raw)]);
      expect(begun).toBe(0);
    }
    expect(operator.asked('/token')).toEqual([]);
  });

  test('nor is one that leads nowhere', async () => {
    const { answers, begun } = await send(resolver([]));
    expect(answers).toMatchObject([{ fault: { code: 'dns', sent: 'no' } }]);
    expect(begun).toBe(0);
  });
});

test('the connection is made to the address that was judged, however the name is answered next (B23)', async () => {
  for (const autoSelectFamily of [true, false]) {
    const { lookup, asked } = resolver([NOBODY], ['127.0.0.1']);
    const { answers, begun } = await send({ lookup, autoSelectFamily }, 2);
    // The first gets as far as the address it was judged by; the second connection looks up anew, and is not made.
    expect(answers).toMatchObject([{ fault: STOPPED }, refused('ADDRESS_THIS_MACHINE')]);
    expect(asked).toHaveLength(2);
    expect(begun).toBe(0);
  }
  expect(operator.asked('/token')).toEqual([]);
});

test('where the profile means it, the same name is asked, and looked up once for each connection (B23)', async () => {
  const { lookup, asked } = resolver(['127.0.0.1']);
  const { answers, begun } = await send({ lookup }, 2, true);
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(asked).toHaveLength(begun);
});

test('a redirect to the metadata of a cloud is an answer, and nothing connects there (B22, TK14)', async () => {
  operator.on('/token', (_asked, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
  });
  const { answers, begun, tried } = await send(resolver(['127.0.0.1']), 1, true);
  expect(answers).toMatchObject([{ kind: 'answered', status: 302 }]);
  expect([begun, tried]).toEqual([1, ['127.0.0.1']]);
});
