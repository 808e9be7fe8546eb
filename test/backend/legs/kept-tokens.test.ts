import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKeptTokens, type Kept } from '../../../backend/legs/kept-tokens.ts';
import { createMemoryRunStore } from '../../../backend/store/memory-run-store.ts';
import { ACCESS_TOKEN, type LegBench, openLegBench, type Play, SUB } from '../../support/leg-bench.ts';
import { answering } from '../../support/scripted-operator.ts';
import { openSealedBytes } from '../../support/sealed-bytes.ts';

const KEY = Buffer.alloc(32, 5);
const RUN = '0b7c9c1e-6d0f-4d2b-8f57-5a1f1f2a9b01';
const OTHER = '0b7c9c1e-6d0f-4d2b-8f57-5a1f1f2a9b02';
const KEPT: Kept = {
  accessToken: 'canary-access-token-kept',
  sub: 'canary-subject',
  shown: [['canary-access-token-kept', '‹access_token:1›']],
};

test('a token is taken once', async () => {
  const kept = createKeptTokens(KEY, openSealedBytes().store, Date.now);
  await kept.keep(RUN, KEPT);
  const taken = await Promise.all([kept.take(RUN), kept.take(RUN), kept.take(OTHER)]);
  expect(taken).toEqual([KEPT, null, null]);
});

test('what is stored is sealed, and never twice the same (PR3)', async () => {
  const { bytes, store } = openSealedBytes();
  const kept = createKeptTokens(KEY, store, Date.now);
  await kept.keep(RUN, KEPT);
  const first = bytes.get(RUN) ?? Buffer.alloc(0);
  await kept.keep(RUN, KEPT);
  const second = bytes.get(RUN) ?? Buffer.alloc(0);
  for (const encoding of ['latin1', 'base64', 'hex'] as const) {
    const canary = Buffer.from('canary-access-token').toString(encoding).slice(0, 20);
    expect(first.toString(encoding)).not.toContain(canary);
  }
  expect(first.subarray(0, 12).equals(second.subarray(0, 12))).toBe(false);
  expect(first.subarray(12).equals(second.subarray(12))).toBe(false);
});

test('sealed bytes of another run, of another key, or with one bit changed give nothing', async () => {
  const { bytes, store } = openSealedBytes();
  const kept = createKeptTokens(KEY, store, Date.now);
  await kept.keep(RUN, KEPT);
  const sealed = bytes.get(RUN) ?? Buffer.alloc(0);
  expect(await kept.take(RUN)).toEqual(KEPT);
  bytes.set(OTHER, sealed);
  expect(await kept.take(OTHER)).toBeNull();
  bytes.set(RUN, sealed);
  expect(await createKeptTokens(Buffer.alloc(32, 6), store, Date.now).take(RUN)).toBeNull();
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    bytes.set(RUN, changed);
    expect(await kept.take(RUN)).toBeNull();
  }
  bytes.set(RUN, sealed.subarray(0, 20));
  expect(await kept.take(RUN)).toBeNull();
});

describe('a run keeps its token', () => {
  let bench: LegBench;
  beforeAll(async () => {
    bench = await openLegBench();
  });
  afterAll(() => bench.close());

  const keptBy = async (play: Play) => {
    const kept = createKeptTokens(KEY, openSealedBytes().store, Date.now);
    const { id, verdict } = await bench.play({ ...play, kept });
    return [verdict, (await kept.take(id))?.accessToken ?? null];
  };
  const no = answering(200, { sub: SUB, device_msisdn_verified: false });

  test('after a no, where its profile allows to ask again', async () => {
    expect(await keptBy({ premiuminfo: no })).toEqual(['no_match', ACCESS_TOKEN]);
  });

  test('and otherwise not (PR3)', async () => {
    expect(await keptBy({ premiuminfo: no, profile: { hashDoctor: false } })).toEqual(['no_match', null]);
    expect(await keptBy({})).toEqual(['match', null]);
    expect(await keptBy({ premiuminfo: answering(500, '') })).toEqual(['failed', null]);
  });

  test('and has its verdict even if the token cannot be kept', async () => {
    const store = createMemoryRunStore();
    const full = { keep: () => Promise.reject(new Error('full')), take: async () => null };
    const id = RUN;
    // The bench throws what was reported as a bug, once the run has ended.
    await expect(bench.play({ premiuminfo: no, kept: full, store, run: { id } })).rejects.toThrow('full');
    expect((await store.read(id))?.run.verdict).toBe('no_match');
  });
});
