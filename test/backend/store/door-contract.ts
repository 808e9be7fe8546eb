/** What every store of the door has to do, held against each of them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AccessKey, DoorStore } from '../../../backend/store/door/door-store.ts';

const NOW = 1_000_000;
const key = (change: Partial<AccessKey> = {}): AccessKey => ({
  ...{ id: randomUUID(), ownerId: 'owner', label: 'Pixel', scope: 'run', createdAt: NOW },
  ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
  ...change,
});
/** Many at once: what one may have, one has. */
const twenty = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, ask));

export function testDoorStore(name: string, open: () => Promise<DoorStore>): void {
  describe(name, () => {
    let door: DoorStore;
    beforeAll(async () => {
      door = await open();
    });
    afterAll(() => door.close());

    test('a key is found by its digest, and revoked once', async () => {
      const one = key({ expiresAt: NOW + 5 });
      await door.addKey(one, `digest of ${one.id}`);
      expect(await door.keyOf(`digest of ${one.id}`)).toEqual(one);
      expect(await door.keyOf('another digest')).toBeNull();
      expect((await twenty(() => door.revokeKey(one.id, NOW + 1))).filter(Boolean)).toHaveLength(1);
      await door.noteUse(one.id, NOW + 2);
      await door.endKeyAt(one.id, NOW + 3);
      const changed = { ...one, revokedAt: NOW + 1, lastUsedAt: NOW + 2, expiresAt: NOW + 3 };
      expect((await door.keys()).find(({ id }) => id === one.id)).toEqual(changed);
      expect(await door.revokeKey('no such key', NOW)).toBe(false);
    });

    test('a pairing is taken by one, in time', async () => {
      const codeDigest = randomUUID();
      await door.addPairing({ codeDigest, sealedKey: 'sealed', expiresAt: NOW + 10 });
      const taken = await twenty(() => door.takePairing(codeDigest, NOW));
      expect(taken.filter((one) => one !== null)).toEqual(['sealed']);
      await door.addPairing({ codeDigest, sealedKey: 'sealed', expiresAt: NOW + 10 });
      expect(await door.takePairing(codeDigest, NOW + 10)).toBeNull();
    });

    test('a hand-off is opened by one browser, which may repeat it until the end, and there is one for a run', async () => {
      const browser = randomUUID();
      const handoff = {
        runId: randomUUID(),
        linkDigest: randomUUID(),
        expiresAt: NOW + 10,
      };
      expect((await twenty(() => door.addHandoff(handoff))).filter(Boolean)).toHaveLength(1);
      const waiting = { ...handoff, browserDigest: null, ended: false };
      expect(await door.handoffOf(browser)).toBeNull();
      expect(await door.handoffAt(handoff.linkDigest, NOW)).toEqual(waiting);
      expect(await door.handoffAt(handoff.linkDigest, NOW + 10)).toBeNull();
      expect(await door.openHandoff(handoff.linkDigest, 'too late', NOW + 10)).toBeNull();
      const browsers = [browser, ...Array.from({ length: 9 }, () => randomUUID())];
      const open = (one: string) => door.openHandoff(handoff.linkDigest, one, NOW);
      const opened = await Promise.all(browsers.map(open));
      expect(opened.filter((one) => one !== null)).toEqual([handoff.runId]);
      const first = browsers[opened.indexOf(handoff.runId)] ?? '';
      // Its answer may have been lost on the way.
      expect(await open(first)).toBe(handoff.runId);
      expect(await door.handoffOf(first)).toEqual({ ...waiting, browserDigest: first });
      await door.endHandoff(handoff.runId);
      expect(await door.handoffOf(first)).toMatchObject({ ended: true });
      expect(await open(first)).toBeNull();
    });

    test('sealed bytes are handed out once, and not after their time', async () => {
      const id = randomUUID();
      await door.sealed.put(id, Buffer.from([0, 255]), Date.now() + 60_000);
      expect(await door.sealed.read(id)).toEqual(Buffer.from([0, 255]));
      const taken = await twenty(() => door.sealed.take(id));
      expect(taken.filter((one) => one !== null)).toEqual([Buffer.from([0, 255])]);
      await door.sealed.put(id, Buffer.from('x'), Date.now() - 1);
      expect(await door.sealed.read(id)).toBeNull();
      expect(await door.sealed.take(id)).toBeNull();
    });

    test('calls to an operator are counted up to a limit, by profile and day (T32)', async () => {
      const profile = randomUUID();
      const allowed = await twenty(() => door.takeCalls(profile, '2026-11-22', 3, 8));
      expect(allowed.filter((calls) => calls > 0).toSorted()).toEqual([2, 3, 3]);
      expect(await door.callsMade(profile, '2026-11-22')).toBe(8);
      expect(await door.takeCalls(profile, '2026-11-23', 9, 7)).toBe(7);
      expect(await door.takeCalls(profile, '2026-11-23', 1, 7)).toBe(0);
      expect(await door.takeCalls(profile, '2026-11-24', 1, 0)).toBe(0);
      expect(await door.callsMade('nobody', '2026-11-22')).toBe(0);
    });

    test('hits add up, for many callers at once', async () => {
      const [a, b] = [randomUUID(), randomUUID()];
      const hit = (hits: number) => (one: string) => ({ key: one, hits, endsAt: NOW + 10 });
      await twenty(() => door.addHits([a, b].map(hit(1))));
      expect(await door.addHits([b, a].map(hit(2)))).toEqual(
        new Map([
          [a, 22],
          [b, 22],
        ]),
      );
      await door.clear(NOW + 10);
      expect(await door.addHits([hit(1)(a)])).toEqual(new Map([[a, 1]]));
      expect(await door.addHits([])).toEqual(new Map());
    });

    test('what was agreed on first stands', async () => {
      const about = randomUUID();
      const answers = await Promise.all(['a', 'b', 'c'].map((value) => door.agreeOn(about, value)));
      expect(new Set(answers).size).toBe(1);
      expect(await door.agreeOn(about, 'd')).toBe(answers[0]);
    });

    test('what has run out is cleared, and keys stay', async () => {
      const one = key();
      await door.addKey(one, randomUUID());
      const codeDigest = randomUUID();
      await door.addPairing({ codeDigest, sealedKey: 'sealed', expiresAt: NOW + 10 });
      await door.clear(NOW + 10);
      expect(await door.takePairing(codeDigest, NOW)).toBeNull();
      expect((await door.keys()).map(({ id }) => id)).toContain(one.id);
      await door.ready();
    });
  });
}
