import type { Kysely } from 'kysely';

import type { SealedStore } from '../sealed-store.ts';
import type { DoorTables } from './door-tables.ts';

/** Bytes that someone else has sealed, where every instance finds them. */
export function createSealed(db: Kysely<DoorTables>, now: () => number): SealedStore {
  return {
    async put(id, bytes, expiresAt) {
      const sealed = bytes.toString('base64');
      await db
        .insertInto('sealed')
        .values({ id, sealed, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealed, expires_at: expiresAt }))
        .execute();
    },
    async read(id) {
      const row = await db
        .selectFrom('sealed')
        .select('sealed')
        .where('id', '=', id)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return row ? Buffer.from(row.sealed, 'base64') : null;
    },
    async take(id) {
      const row = await db
        .deleteFrom('sealed')
        .where('id', '=', id)
        .returning(['sealed', 'expires_at'])
        .executeTakeFirst();
      return row && now() < row.expires_at ? Buffer.from(row.sealed, 'base64') : null;
    },
  };
}
