import { type Kysely, sql } from 'kysely';

import { createCells } from './migration-0001-cells.ts';
import type { DialectName } from './sql-dialect.ts';

/** In the index that gives the order, so that a filter by them need not look at the rows it passes over. */
const BESIDE_THE_ORDER = ['local_day', 'verdict', 'leg', 'origin', 'expected'];
/** The same, of any length; PostgreSQL has a limit for what an index holds of a row. */
const CONDITIONS = [
  'operator',
  'bearer',
  'sharing',
  'roaming',
  'vpn',
  'device',
  'browser',
  'place',
  'campaign',
];

/** What lists filter by often enough, and seldom find. */
const INDEXED = ['verdict', 'failure', 'cause'];
/** Likewise, where they do not stand beside the order. */
const INDEXED_CONDITIONS = ['profile_id', 'operator', 'campaign', 'place'];

export async function createRuns(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const text = [
    'id',
    'owner_id',
    'correlation_id',
    'local_day',
    'profile_id',
    'profile_name',
    'capture',
    'origin',
  ];
  const later = [
    'scenario',
    'mask',
    'number_hmac',
    'operator',
    'bearer',
    'sharing',
    'roaming',
    'vpn',
    'device',
  ]
    .concat('browser', 'place', 'campaign', 'tags', 'expected', 'verdict', 'failure', 'leg', 'cause')
    .concat('submission_digest', 'hash_doctor_digest', 'import_digest', 'timings', 'instance');
  let runs = db.schema
    .createTable('runs')
    .addColumn('run_no', dialect === 'sqlite' ? 'integer' : 'bigint', (column) =>
      dialect === 'sqlite'
        ? column.primaryKey().autoIncrement()
        : column.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('schema_version', 'integer', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('utc_offset_minutes', 'integer', (column) => column.notNull())
    .addColumn('hops', 'integer', (column) => column.notNull())
    .addColumn('duration_ms', 'double precision')
    .addColumn('pinned', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('reference', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('imported_at', 'bigint')
    .addColumn('cell_no', dialect === 'sqlite' ? 'integer' : 'bigint')
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0));
  for (const name of [...text, 'expectation', 'phase', 'request_digest', 'search_text', 'revision']) {
    runs = runs.addColumn(name, 'text', (column) => column.notNull());
  }
  for (const name of later) runs = runs.addColumn(name, 'text');
  await runs.execute();
  await db.schema.createIndex('runs_id').unique().on('runs').column('id').execute();

  await db.schema
    .createTable('run_events')
    .addColumn('run_no', dialect === 'sqlite' ? 'integer' : 'bigint', (column) =>
      column.notNull().references('runs.run_no').onDelete('cascade'),
    )
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('events', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_events_pk', ['run_no', 'sequence'])
    .execute();
  await db.schema
    .createTable('spent_codes')
    .addColumn('profile_id', 'text', (column) => column.notNull())
    .addColumn('code_digest', 'text', (column) => column.notNull())
    .addColumn('spent_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('spent_codes_pk', ['profile_id', 'code_digest'])
    .execute();
  await db.schema
    .createTable('kept_campaigns')
    .addColumn('campaign', 'text', (column) => column.primaryKey())
    .execute();
  await createCells(db, dialect);

  const newest = ['started_at desc', 'id desc', ...BESIDE_THE_ORDER];
  const all = dialect === 'sqlite' ? [...newest, ...CONDITIONS] : newest;
  // A run is put in once, when it has ended: those in flight are few and found without.
  const ended = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('runs').columns(columns).where(sql<boolean>`phase = 'ended'`).execute();
  await ended('runs_newest', all);
  for (const name of dialect === 'sqlite' ? INDEXED : [...INDEXED, ...INDEXED_CONDITIONS])
    await ended(`runs_by_${name}`, [name, 'started_at desc', 'id desc', 'local_day']);
  await ended('runs_correlation', ['correlation_id']);
  await ended('runs_received', ['received_at']);
  await sql`create index runs_in_flight on runs (received_at) where phase <> 'ended'`.execute(db);
  await sql`create index runs_number on runs (number_hmac) where number_hmac is not null`.execute(db);
  await sql`create index runs_cell on runs (cell_no, started_at) where cell_no is not null`.execute(db);
  // A profile has one reference, and a file's run is kept once.
  await sql`create unique index runs_reference on runs (profile_id) where reference = 1`.execute(db);
  await sql`create unique index runs_import on runs (import_digest) where import_digest is not null`.execute(
    db,
  );
  await (dialect === 'sqlite' ? indexTextInSqlite(db) : indexTextInPostgres(db));
}

/**
 * Trigrams find parts of words, which is what people type. Triggers note what is to be put in, so that no writer can
 * forget it; the writing thread does so once a transaction (text-index.ts), since one by one takes longer than all the
 * rest of a run.
 */
async function indexTextInSqlite(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table run_text
    using fts5(text, content='', contentless_delete=1, tokenize='trigram')`.execute(db);
  await sql`create table text_due (run_no integer primary key)`.execute(db);
  await sql`create trigger run_text_insert after insert on runs when new.phase = 'ended' begin
    insert into text_due (run_no) values (new.run_no); end`.execute(db);
  await sql`create trigger run_text_end after update of phase on runs
    when new.phase = 'ended' and old.phase <> 'ended' begin
    insert into text_due (run_no) values (new.run_no); end`.execute(db);
  await sql`create trigger run_text_update after update of search_text on runs
    when old.phase = 'ended' and old.search_text <> new.search_text begin
    delete from run_text where rowid = old.run_no;
    insert or ignore into text_due (run_no) values (new.run_no); end`.execute(db);
  await sql`create trigger run_text_delete after delete on runs when old.phase = 'ended' begin
    delete from text_due where run_no = old.run_no;
    delete from run_text where rowid = old.run_no; end`.execute(db);
}

/** Only an index: without the extension, or the right to create it, the same question is answered more slowly. */
async function indexTextInPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`do $$ begin
    create extension if not exists pg_trgm;
    create index runs_text on runs using gin (search_text gin_trgm_ops);
  exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then null;
  end $$`.execute(db);
}
