import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openPostgresRunStore } from '../../../backend/store/postgres/postgres-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { askPostgres, type Postgres, startPostgres } from '../../support/postgres.ts';
import { ended } from './contract.ts';
import { putRuns } from './put-runs.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

describe('several backends on one database (K10)', () => {
  test('start at once, and one of them makes the schema (K11)', async () => {
    const url = await postgres.database();
    const stores = await Promise.all(
      ['one', 'two', 'three', 'four'].map((instance) => openPostgresRunStore({ url, instance })),
    );
    const ids = (await Promise.all(stores.map((store) => putRuns(store)))).flat();
    expect((await stores[0]?.list({}, null, 10))?.runs.map(({ id }) => id).toSorted()).toEqual(
      ids.toSorted(),
    );
    expect(await askPostgres(url, 'select name from kysely_migration')).toEqual([{ name: '0001-runs' }]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a second one closes none of the runs that the first still carries, and each dead one once (K10)', async () => {
    const url = await postgres.database();
    // Open before the first lease begins: it would run out meanwhile on a slow machine.
    const others = await Promise.all(
      ['second', 'third'].map((instance) => openPostgresRunStore({ url, instance })),
    );
    const first = await openPostgresRunStore({ url, instance: 'first', leaseMs: 2500 });
    const [carried, left] = [(await putRuns(first))[0] ?? '', (await putRuns(first))[0] ?? ''];
    for (const id of [carried, left]) await first.claimSubmission(id, 'a');
    const taken: string[] = [];
    await expect
      .poll(
        async () => {
          await first.renewLeases([carried]);
          const found = await Promise.all(others.map((other) => other.takeExpired()));
          taken.push(...found.flat());
          return taken.length;
        },
        { interval: 50 },
      )
      .toBe(1);
    expect(taken).toEqual([left]);
    await Promise.all([first, ...others].map((store) => store.close()));
  });

  test('a process that comes back after its lease writes over nothing (K5)', async () => {
    const url = await postgres.database();
    const [first, second] = await Promise.all([
      openPostgresRunStore({ url, instance: 'first', leaseMs: 1 }),
      openPostgresRunStore({ url, instance: 'second' }),
    ]);
    const id = (await putRuns(first))[0] ?? '';
    await first.claimSubmission(id, 'a');
    await expect.poll(() => second.takeExpired()).toEqual([id]);
    await second.append(id, [{ ...ended, verdict: 'unknown' }]);
    await expect(first.append(id, [ended])).rejects.toThrow(/carried this run on/);
    expect((await first.read(id))?.run.verdict).toBe('unknown');
    await Promise.all([first.close(), second.close()]);
  });

  test('a code is spent once among all of them, and a submission claimed once (PR5)', async () => {
    const url = await postgres.database();
    const stores = await Promise.all(
      ['one', 'two'].map((instance) => openPostgresRunStore({ url, instance })),
    );
    const [id = ''] = await putRuns(stores[0] as RunStore);
    const both = Array.from({ length: 50 }, (_, at) => stores[at % 2] as RunStore);
    const spent = await Promise.all(both.map((store) => store.spendCode('p', 'code')));
    expect(spent.filter(Boolean)).toHaveLength(1);
    const claims = await Promise.all(both.map((store, at) => store.claimSubmission(id, `body ${at}`)));
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });
});
