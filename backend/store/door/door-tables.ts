import type { Kysely } from 'kysely';

import type { SchemaPlan } from '../database/migrate.ts';
import type { AccessKey } from './door-store.ts';

/** The same in both databases. All times are UTC milliseconds. */
export interface DoorTables {
  access_keys: {
    id: string;
    owner_id: string;
    label: string;
    scope: AccessKey['scope'];
    key_digest: string;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
    last_used_at: number | null;
  };
  pairings: { code_digest: string; sealed_key: string; expires_at: number };
  handoffs: {
    run_id: string;
    link_digest: string;
    browser_digest: string | null;
    /** 0 or 1: whether its callback has come. */
    ended: number;
    expires_at: number;
  };
  /** `sealed` in base64. */
  sealed: { id: string; sealed: string; expires_at: number };
  hits: { key: string; hits: number; expires_at: number };
  /** What all instances have to agree on. */
  agreed: { name: string; value: string };
  operator_calls: { profile_id: string; day: string; calls: number };
}

/** Of its own, so that runs and door can change apart from each other in one database. */
export const DOOR_PLAN: SchemaPlan = {
  table: 'door_migration',
  migrations: { '0001-door': { up: createDoor } },
};

async function createDoor(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('key_digest', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute();
  await db.schema
    .createTable('pairings')
    .addColumn('code_digest', 'text', (column) => column.primaryKey())
    .addColumn('sealed_key', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('handoffs')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('link_digest', 'text', (column) => column.notNull().unique())
    .addColumn('browser_digest', 'text', (column) => column.unique())
    .addColumn('ended', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sealed')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('hits')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('hits', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('agreed')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('operator_calls')
    .addColumn('profile_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('operator_calls_pk', ['profile_id', 'day'])
    .execute();
}
