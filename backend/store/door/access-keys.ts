import type { Kysely, Selectable } from 'kysely';

import { runKnown } from '../database/known-statement.ts';
import type { AccessKey, DoorStore } from './door-store.ts';
import type { DoorTables } from './door-tables.ts';

type Keys = Pick<
  DoorStore,
  'addKey' | 'keyOf' | 'keys' | 'revokeKey' | 'endKeyAt' | 'noteUse' | 'addPairing' | 'takePairing'
>;

type Row = Omit<Selectable<DoorTables['access_keys']>, 'key_digest'>;
/** Rows of keys by their digest. */
export type FindKey = (digest: string) => Promise<Row[]>;

export const KEY_COLUMNS = [
  'id',
  'owner_id',
  'label',
  'scope',
  'created_at',
  'expires_at',
  'revoked_at',
  'last_used_at',
] as const;

const findBy = (db: Kysely<DoorTables>): FindKey => {
  const select = () =>
    db.selectFrom('access_keys').select(KEY_COLUMNS).where('key_digest', '=', '').compile().sql;
  return (digest) => runKnown<Row>(db, 'access key', select, [digest]);
};

/** `find` is how a key is found that a request comes with. */
export function createAccessKeys(db: Kysely<DoorTables>, find = findBy(db)): Keys {
  return {
    async addKey(key, digest) {
      await db
        .insertInto('access_keys')
        .values({
          id: key.id,
          owner_id: key.ownerId,
          label: key.label,
          scope: key.scope,
          key_digest: digest,
          created_at: key.createdAt,
          expires_at: key.expiresAt,
          revoked_at: key.revokedAt,
          last_used_at: key.lastUsedAt,
        })
        .execute();
    },
    async keyOf(digest) {
      const [row] = await find(digest);
      return row ? keyFrom(row) : null;
    },
    async keys() {
      const rows = await db.selectFrom('access_keys').selectAll().orderBy('created_at', 'desc').execute();
      return rows.map(keyFrom);
    },
    async revokeKey(id, at) {
      const { numUpdatedRows } = await db
        .updateTable('access_keys')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async endKeyAt(id, at) {
      await db.updateTable('access_keys').set({ expires_at: at }).where('id', '=', id).execute();
    },
    async noteUse(id, at) {
      await db.updateTable('access_keys').set({ last_used_at: at }).where('id', '=', id).execute();
    },
    async addPairing({ codeDigest, sealedKey, expiresAt }) {
      await db
        .insertInto('pairings')
        .values({ code_digest: codeDigest, sealed_key: sealedKey, expires_at: expiresAt })
        .execute();
    },
    async takePairing(codeDigest, now) {
      const row = await db
        .deleteFrom('pairings')
        .where('code_digest', '=', codeDigest)
        .returning(['sealed_key', 'expires_at'])
        .executeTakeFirst();
      return row && now < row.expires_at ? row.sealed_key : null;
    },
  };
}

function keyFrom(row: Row): AccessKey {
  return {
    id: row.id,
    ownerId: row.owner_id,
    label: row.label,
    scope: row.scope,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
