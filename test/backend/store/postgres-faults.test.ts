/** PostgreSQL that is away, or not to be trusted. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { BY_KEY, openPool } from '../../../backend/store/postgres/open-pool.ts';
import { isBrokenOff, storageFaultOf } from '../../../backend/store/postgres/postgres-faults.ts';
import { openPostgresRunStore } from '../../../backend/store/postgres/postgres-run-store.ts';
import { runOf } from '../../support/fixtures.ts';
import { askPostgres, type Postgres, startPostgres } from '../../support/postgres.ts';
import { startSwitchableProxy } from '../../support/switchable-proxy.ts';
import { appendTo, claim, readWith, spend } from '../../support/write-to.ts';
import { created, ended, profile } from './contract.ts';
import { putRuns } from './put-runs.ts';

const BEGAN = { type: 'phase', sequence: 2, at: 2, phase: 'code_received' } as const;

/** For what no limit may end. */
const NO_HURRY = {
  connectionTimeoutMillis: 60_000,
  statement_timeout: 0,
  query_timeout: 60_000,
  lock_timeout: 0,
};

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

describe('a server that goes away (S9, S10)', () => {
  test('is named while it is away, and the store goes on when it is back, with all it acknowledged', async () => {
    const trouble: unknown[] = [];
    const url = await postgres.database();
    const store = await openPostgresRunStore({
      url,
      instance: 'one',
      report: (error) => trouble.push(error),
    });
    const id = (await putRuns(store))[0] ?? '';
    await postgres.stop();
    const run = runOf(profile);
    for (const ask of [
      () => store.create(run, created(run), 'digest'),
      () => store.read(id),
      () => store.list({}, null, 10),
      () => spend(store, 'one', 'code'),
    ]) {
      // While it is away: nobody waits for its return.
      await expect(ask()).rejects.toMatchObject({ code: 'api.storage_unavailable' });
    }
    expect(trouble.length).toBeGreaterThan(0);
    await postgres.start();
    await expect.poll(() => store.read(id).catch(() => null)).not.toBeNull();
    expect(await store.create(run, created(run), 'digest')).toBe(true);
    await store.close();
  });

  test('is named when all its connections are taken, and no connection is lost over it', async () => {
    const url = await postgres.database();
    const store = await openPostgresRunStore({ url, instance: 'one' });
    const id = (await putRuns(store))[0] ?? '';
    const blocker = new pg.Client(url);
    await blocker.connect();
    await blocker.query('begin; lock table runs in access exclusive mode');
    const asks = Array.from({ length: 40 }, () =>
      store.read(id).then(
        () => 'read',
        ({ code }) => code,
      ),
    );
    expect(new Set(await Promise.all(asks))).toEqual(new Set(['api.storage_unavailable']));
    await blocker.query('rollback');
    await blocker.end();
    const after = await Promise.all(Array.from({ length: 40 }, () => store.read(id)));
    expect(after.every(Boolean)).toBe(true);
    await store.close();
  });

  test('in the middle of a transaction ends that, and neither the process nor the store (S10)', async () => {
    const url = await postgres.database();
    const trouble: unknown[] = [];
    const store = await openPostgresRunStore({
      url,
      instance: 'one',
      report: (error) => trouble.push(error),
    });
    const id = (await putRuns(store))[0] ?? '';
    const run = await readWith(store, id, [ended]);
    const blocker = new pg.Client(url);
    blocker.on('error', () => undefined);
    await blocker.connect();
    await blocker.query('begin; lock table runs in access exclusive mode');
    // One of them is at the server, and the others are to share the statement after it.
    const end = () => store.append(run, [ended]);
    const caught = Array.from({ length: 5 }, () => end().then(String, ({ code }) => code));
    await expect
      .poll(() => blocker.query('select 1 from pg_locks where not granted').then(({ rowCount }) => rowCount))
      .toBe(1);
    await postgres.crash();
    expect(new Set(await Promise.all(caught))).toEqual(new Set(['api.storage_unavailable']));
    await postgres.start();
    await expect.poll(() => end().then(String, () => 'away')).toBe('undefined');
    expect((await store.read(id))?.run.verdict).toBe('match');
    await store.close();
  });

  test('after a claim, before its answer, leaves the run to who asks again: nobody else carries it (S10)', async () => {
    const { store, other, id, unheard } = await twoStores();
    await unheard('digest', 'code');
    // To another process it is claimed, and to who only looks as well: it may be carried by now.
    expect(await claim(other, id, 'digest')).toBe('same');
    expect((await store.read(id))?.submissionDigest).toBe('digest');
    expect(await claim(store, id, 'another')).toBe('conflict');
    expect(await claim(store, id, 'digest', { code: 'code' })).toBe('changed');
    expect(await claim(store, id, 'digest', { code: 'code' })).toBe('claimed');
    expect(await claim(store, id, 'digest')).toBe('same');
    const { run: kept, events } = (await store.read(id)) ?? {};
    expect([kept?.phase, events?.length]).toEqual(['code_received', 2]);
    await appendTo(store, id, [{ ...ended, sequence: 3 }]);
    await Promise.all([store.close(), other.close()]);
  });

  test('after two claims of one run, before their answers, leaves it to who asks a third time (S10)', async () => {
    const { store, other, id, unheard } = await twoStores();
    await unheard('digest', 'code', 2);
    expect(await claim(store, id, 'digest', { code: 'code' })).toBe('changed');
    expect(await claim(store, id, 'digest', { code: 'code' })).toBe('claimed');
    await Promise.all([store.close(), other.close()]);
  });

  test('after a claim, before its answer, and whose run another process took over since, leaves it to that (S10, K10)', async () => {
    const { store, other, id, unheard, url } = await twoStores();
    await unheard('digest', 'code');
    await askPostgres(url, 'update runs set lease_until = 0');
    expect(await other.takeExpired()).toEqual([id]);
    expect(await claim(store, id, 'digest', { code: 'code' })).toBe('same');
    await appendTo(other, id, [{ ...ended, sequence: 3 }]);
    expect((await store.read(id))?.events).toHaveLength(3);
    await Promise.all([store.close(), other.close()]);
  });

  test.each([
    ['that this process knows', true, ''],
    ['that another process made', false, 'COMMIT'],
  ])(
    'and a connection that breaks after the claim of a run %s, before its answer: it is taken back in the same breath (S10)',
    async (_, isKnown, text) => {
      const direct = await postgres.database();
      const wire = await startSwitchableProxy(Number(new URL(direct).port));
      onTestFinished(() => wire.close());
      const url = direct.replace(new URL(direct).host, `127.0.0.1:${wire.port}`);
      const store = await openPostgresRunStore({ url, limits: NO_HURRY, instance: 'one' });
      const other = await openPostgresRunStore({ url: direct, instance: 'two' });
      const id = (await putRuns(other))[0] ?? '';
      const run = await readWith(isKnown ? store : other, id, [BEGAN]);
      wire.deafenAt(text);
      const answer = store.claimSubmission(run, [BEGAN], { digest: 'digest', numberHmac: null }, 'code');
      const claimed = 'select submission_digest from runs where submission_digest is not null';
      await expect.poll(() => askPostgres(direct, claimed)).toHaveLength(1);
      wire.cut();
      wire.mend();
      expect(await answer).toBe('changed');
      // As if it had never been: whoever is asked next may carry it, also another process that a proxy turns to.
      expect(await claim(other, id, 'digest', { code: 'code' })).toBe('claimed');
      await Promise.all([store.close(), other.close()]);
    },
  );

  test('and is not there at the start is waited for, then named, without its password (S9, PR3)', async () => {
    const url = 'postgres://nv:canary-password@127.0.0.1:1/runs';
    const refused = await openPostgresRunStore({ url, instance: 'one', patienceMs: 600 }).catch((e) => e);
    expect(refused).toMatchObject({
      code: 'storage.unavailable',
      message: expect.stringMatching(/DATABASE_URL/),
    });
    expect(refused.message).not.toContain('canary');
  });
});

test('a transaction that got in another’s way is repeated, three times at most (S11)', async () => {
  const url = await postgres.database();
  const store = await openPostgresRunStore({ url, instance: 'one' });
  // A sequence counts tries that were rolled back as well: the third one goes through, then none.
  await askPostgres(
    url,
    `create sequence tries;
     create function in_the_way() returns trigger language plpgsql as $$ begin
       if nextval('tries') <> 3 then raise exception 'in the way' using errcode = 'serialization_failure'; end if;
       return new;
     end $$;
     create trigger in_the_way before insert on spent_codes for each row execute function in_the_way()`,
  );
  expect(await spend(store, 'one', 'code')).toBe(true);
  await expect(spend(store, 'one', 'other')).rejects.toMatchObject({ code: 'api.storage_unavailable' });
  expect(await askPostgres(url, 'select last_value::int as tries from tries')).toEqual([{ tries: 6 }]);
  await store.close();
});

describe('a database that is not taken', () => {
  test('one that a newer version has written (S4)', async () => {
    const url = await postgres.database();
    await (await openPostgresRunStore({ url, instance: 'one' })).close();
    await askPostgres(url, "insert into kysely_migration values ('9999-later', '')");
    await expect(openPostgresRunStore({ url, instance: 'one' })).rejects.toMatchObject({
      code: 'storage.schema_too_new',
    });
  });

  test.each(['fsync', 'full_page_writes'])(
    'a server with %s off: it acknowledges what it may lose (K2)',
    async (setting) => {
      const careless = await startPostgres(['-c', `${setting}=off`]);
      const url = await careless.database();
      await expect(openPostgresRunStore({ url, instance: 'one' })).rejects.toMatchObject({
        code: 'storage.unsafe',
        message: expect.stringContaining(setting),
      });
      await careless.close();
    },
  );
});

test('every connection has limits, since the driver has none of its own (S10)', async () => {
  const pool = openPool(await postgres.database(), () => undefined);
  const limits = [
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
    'application_name',
  ];
  const found = limits.map(async (name) => (await pool.query(`show ${name}`)).rows[0]?.[name]);
  expect(await Promise.all(found)).toEqual(['2500ms', '2s', '10s', 'number-verify-inspector']);
  // Who asks hears within three seconds that nothing can be reached, or that the server hangs (S9).
  expect(pool.options.connectionTimeoutMillis).toBeLessThan(3000);
  expect(pool.options.query_timeout).toBeLessThan(3000);
  expect((await pool.query('select 9007199254740991::bigint as big')).rows).toEqual([
    { big: 9007199254740991 },
  ]);
  await pool.end();
});

describe('what went wrong', () => {
  const errorOf = (code: string, message = '') => Object.assign(new Error(message), { code });

  test.each([
    ...['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND', 'ETIMEDOUT'],
    ...['57P01', '57014', '08006', '55P03', '53300'],
  ])('%s is a store out of reach (S9)', (code) => {
    expect(storageFaultOf(errorOf(code))?.code).toBe('api.storage_unavailable');
  });

  test.each(['23505', '42P01', '22021', 'XX000'])('%s is a mistake of ours', (code) => {
    expect(storageFaultOf(errorOf(code))).toBeNull();
  });

  test.each([
    [errorOf('ECONNRESET'), true],
    [errorOf('57P01'), true],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('Client has encountered a connection error and is not queryable'), true],
    // What a limit ended has taken its time already.
    [new Error('Connection terminated due to connection timeout'), false],
    [new Error('timeout exceeded when trying to connect'), false],
    [new Error('Query read timeout'), false],
    [errorOf('ETIMEDOUT'), false],
    [errorOf('57014'), false],
    [errorOf('55P03'), false],
  ])('%s: whether the connection broke is %s (S10)', (error, broke) => {
    expect(isBrokenOff(storageFaultOf(error))).toBe(broke);
  });
});

test('options of the database’s address are taken beside ours, which plans rest on', async () => {
  const url = `${await postgres.database()}?options=${encodeURIComponent('-c work_mem=5MB')}`;
  const pool = openPool(url, () => undefined, { max: 1, options: BY_KEY });
  const found = ['enable_seqscan', 'work_mem'].map(
    async (name) => (await pool.query(`show ${name}`)).rows[0]?.[name],
  );
  expect(await Promise.all(found)).toEqual(['off', '5MB']);
  await pool.end();
});

/** Two backends with a run in flight, the first of which loses answers on the way. */
async function twoStores() {
  const url = await postgres.database();
  // Ours gives up; the server goes on and commits.
  const limits = { ...NO_HURRY, query_timeout: 1500 };
  const open = (instance: string) => openPostgresRunStore({ url, limits, instance });
  const [store, other] = [await open('one'), await open('two')];
  const id = (await putRuns(store))[0] ?? '';
  const run = await readWith(store, id, [BEGAN]);
  /** Claims it so often without hearing of it, until one has been done. */
  const unheard = async (digest: string, code: string, times = 1) => {
    const blocker = new pg.Client(url);
    await blocker.connect();
    await blocker.query('begin; lock table runs in access exclusive mode');
    const asks = Array.from({ length: times }, () =>
      store.claimSubmission(run, [BEGAN], { digest, numberHmac: 'hmac' }, code),
    );
    for (const ask of asks) await expect(ask).rejects.toMatchObject({ code: 'api.storage_unavailable' });
    await blocker.query('rollback');
    const claimed = 'select 1 from runs where submission_digest is not null';
    await expect.poll(() => blocker.query(claimed).then(({ rowCount }) => rowCount)).toBe(1);
    await blocker.end();
  };
  return { url, store, other, id, unheard };
}
