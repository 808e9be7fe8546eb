import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PATIENT } from '../../../backend/store/postgres/open-pool.ts';
import { openPostgresRunStore } from '../../../backend/store/postgres/postgres-run-store.ts';
import type { RunStore } from '../../../backend/store/run-store.ts';
import { hopOf } from '../../support/fixtures.ts';
import { askPostgres, type Postgres, startPostgres } from '../../support/postgres.ts';
import { appendTo, claim, spend } from '../../support/write-to.ts';
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
      ['one', 'two', 'three', 'four'].map((instance) =>
        openPostgresRunStore({ url, limits: PATIENT, instance }),
      ),
    );
    const ids = (await Promise.all(stores.map((store) => putRuns(store)))).flat();
    expect((await stores[0]?.list({}, null, 10))?.runs.map(({ id }) => id).toSorted()).toEqual(
      ids.toSorted(),
    );
    expect(await askPostgres(url, 'select name from kysely_migration')).toEqual([
      { name: '0001-runs' },
      { name: '0002-owners' },
    ]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('one that starts later waits for as long as another changes the schema, beyond the limits of a request (K11)', async () => {
    const url = await postgres.database();
    const other = new pg.Client(url);
    other.on('error', () => undefined);
    await other.connect();
    // What the one that brings the schema up to date holds meanwhile.
    await other.query('select pg_advisory_lock(3853314791062309107)');
    const opening = openPostgresRunStore({ url, limits: PATIENT, instance: 'late' });
    const waited = `select 1 from pg_stat_activity where wait_event = 'advisory' and datname = current_database()
      and now() - query_start > interval '3 seconds'`;
    const isWaiting = async () => (await askPostgres(url, waited)).length > 0;
    await expect.poll(isWaiting, { interval: 200 }).toBe(true);
    await other.end();
    const store = await opening;
    expect(await putRuns(store)).toHaveLength(1);
    await store.close();
  });

  test('a run that is pinned while retention deletes stays (S14)', async () => {
    const url = await postgres.database();
    const store = await openPostgresRunStore({ url, limits: PATIENT, instance: 'one' });
    const [pinned = '', plain = ''] = await putRuns(store, 2);
    for (const id of [pinned, plain]) await appendTo(store, id, [ended]);
    const other = new pg.Client(url);
    other.on('error', () => undefined);
    await other.connect();
    await other.query('begin');
    await other.query('update runs set pinned = 1 where id = $1', [pinned]);
    let isOver = false;
    const deleting = store.deleteBefore(Date.now() + 1).finally(() => {
      isOver = true;
    });
    // Passed over, or waited for: in both cases it has been found by now.
    const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock'`;
    await expect.poll(async () => isOver || (await askPostgres(url, waits)).length > 0).toBe(true);
    await other.query('commit');
    await other.end();
    expect(await deleting).toBe(1);
    expect((await store.read(pinned))?.pinned).toBe(true);
    expect(await store.read(plain)).toBeNull();
    await store.close();
  });

  test('a database that came from a server with higher transaction numbers reads its cells once (S16)', async () => {
    const url = await postgres.database();
    const before = await openPostgresRunStore({ url, limits: PATIENT, instance: 'before' });
    const [id = ''] = await putRuns(before);
    await appendTo(before, id, [ended]);
    await before.close();
    await askPostgres(url, 'update cells set stamp = stamp + 1000000000');
    const after = await openPostgresRunStore({ url, limits: PATIENT, instance: 'after' });
    expect(
      await askPostgres(url, 'select 1 from cells where stamp >= pg_current_xact_id()::text::bigint'),
    ).toEqual([]);
    expect((await after.coverage({ rows: 'place', columns: 'campaign' })).total).toMatchObject({
      asExpected: 1,
    });
    await after.close();
  });

  test('a second one closes none of the runs that the first still carries, and each dead one once (K10)', async () => {
    const url = await postgres.database();
    // Open before the first lease begins: it would run out meanwhile on a slow machine.
    const others = await Promise.all(
      ['second', 'third'].map((instance) =>
        openPostgresRunStore({ url, limits: PATIENT, instance, leaseMs: 2500 }),
      ),
    );
    const first = await openPostgresRunStore({ url, limits: PATIENT, instance: 'first', leaseMs: 2500 });
    const [carried, left] = [(await putRuns(first))[0] ?? '', (await putRuns(first))[0] ?? ''];
    for (const id of [carried, left]) await claim(first, id, 'a');
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
      openPostgresRunStore({ url, limits: PATIENT, instance: 'first', leaseMs: 1 }),
      openPostgresRunStore({ url, limits: PATIENT, instance: 'second', leaseMs: 100 }),
    ]);
    const id = (await putRuns(first))[0] ?? '';
    await claim(first, id, 'a');
    await expect.poll(() => second.takeExpired()).toEqual([id]);
    await appendTo(second, id, [{ ...ended, sequence: 3, verdict: 'unknown' }]);
    await expect(appendTo(first, id, [{ ...ended, sequence: 3 }])).rejects.toThrow(/carried this run on/);
    expect((await first.read(id))?.run.verdict).toBe('unknown');
    await Promise.all([first.close(), second.close()]);
  });

  test('what another process added to a run is part of what this one makes of it', async () => {
    const url = await postgres.database();
    const [first, second] = await Promise.all([
      openPostgresRunStore({ url, limits: PATIENT, instance: 'first' }),
      openPostgresRunStore({ url, limits: PATIENT, instance: 'second' }),
    ]);
    const id = (await putRuns(first))[0] ?? '';
    const hops = [hopOf({ index: 1 }), hopOf({ index: 2 })];
    const chainEnd = { kind: 'page', url: null, atMs: 1 } as const;
    await appendTo(second, id, [{ type: 'chain', sequence: 2, at: 1, hops, chainEnd }]);
    await appendTo(first, id, [{ ...ended, sequence: 3 }]);
    expect((await second.list({}, null, 1)).runs).toMatchObject([{ id, hops: 2, verdict: 'match' }]);
    await Promise.all([first.close(), second.close()]);
  });

  test('a run that cannot be read is not another’s trouble, which is read with it', async () => {
    const url = await postgres.database();
    const store = await openPostgresRunStore({ url, limits: PATIENT, instance: 'one' });
    const [spoilt = '', whole = ''] = await putRuns(store, 2);
    await askPostgres(
      url,
      `update run_events set events = '[' from runs where runs.run_no = run_events.run_no and id = '${spoilt}'`,
    );
    const asked = [whole, spoilt, whole].map((id) => store.read(id));
    const read = await Promise.allSettled(asked);
    expect(read.map((one) => one.status === 'fulfilled' && one.value?.run.id)).toEqual([whole, false, whole]);
    await store.close();
  });

  test('a code is spent once among all of them, and a submission claimed once (PR5)', async () => {
    const url = await postgres.database();
    const stores = await Promise.all(
      ['one', 'two'].map((instance) => openPostgresRunStore({ url, limits: PATIENT, instance })),
    );
    const [id = ''] = await putRuns(stores[0] as RunStore);
    const both = Array.from({ length: 50 }, (_, at) => stores[at % 2] as RunStore);
    const spent = await Promise.all(both.map((store) => spend(store, 'p', 'code')));
    expect(spent.filter(Boolean)).toHaveLength(1);
    const claims = await Promise.all(both.map((store, at) => claim(store, id, `body ${at}`)));
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });
});
