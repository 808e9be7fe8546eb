import type { Kysely, Selectable } from 'kysely';

import type { DoorStore, Handoff } from './door-store.ts';
import type { DoorTables } from './door-tables.ts';

type Handoffs = Pick<DoorStore, 'addHandoff' | 'handoffAt' | 'openHandoff' | 'handoffOf' | 'endHandoff'>;

export function createHandoffs(db: Kysely<DoorTables>): Handoffs {
  return {
    async addHandoff({ runId, linkDigest, expiresAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('handoffs')
        .values({
          run_id: runId,
          link_digest: linkDigest,
          browser_digest: null,
          ended: 0,
          expires_at: expiresAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async handoffAt(linkDigest, now) {
      const row = await db
        .selectFrom('handoffs')
        .selectAll()
        .where('link_digest', '=', linkDigest)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row ? handoffFrom(row) : null;
    },
    async openHandoff(linkDigest, browserDigest, now) {
      const row = await db
        .updateTable('handoffs')
        .set({ browser_digest: browserDigest })
        .where('link_digest', '=', linkDigest)
        .where((is) => is.or([is('browser_digest', 'is', null), is('browser_digest', '=', browserDigest)]))
        .where('ended', '=', 0)
        .where('expires_at', '>', now)
        .returning('run_id')
        .executeTakeFirst();
      return row?.run_id ?? null;
    },
    async handoffOf(browserDigest) {
      const row = await db
        .selectFrom('handoffs')
        .selectAll()
        .where('browser_digest', '=', browserDigest)
        .executeTakeFirst();
      return row ? handoffFrom(row) : null;
    },
    async endHandoff(runId) {
      await db.updateTable('handoffs').set({ ended: 1 }).where('run_id', '=', runId).execute();
    },
  };
}

function handoffFrom(row: Selectable<DoorTables['handoffs']>): Handoff {
  return {
    runId: row.run_id,
    linkDigest: row.link_digest,
    browserDigest: row.browser_digest,
    ended: row.ended === 1,
    expiresAt: row.expires_at,
  };
}
