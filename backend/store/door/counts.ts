import { type Kysely, sql } from 'kysely';

import type { DoorStore } from './door-store.ts';
import type { DoorTables } from './door-tables.ts';

type Counts = Pick<DoorStore, 'countCall' | 'callsMade' | 'addHits'>;

export function createCounts(db: Kysely<DoorTables>): Counts {
  return {
    async countCall(profileId, day, limit) {
      if (limit < 1) return false;
      const row = await db
        .insertInto('operator_calls')
        .values({ profile_id: profileId, day, calls: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['profile_id', 'day'])
            .doUpdateSet({ calls: sql<number>`operator_calls.calls + 1` })
            .where('operator_calls.calls', '<', limit),
        )
        .returning('calls')
        .executeTakeFirst();
      return row !== undefined;
    },
    async callsMade(profileId, day) {
      const row = await db
        .selectFrom('operator_calls')
        .select('calls')
        .where('profile_id', '=', profileId)
        .where('day', '=', day)
        .executeTakeFirst();
      return row?.calls ?? 0;
    },
    async addHits(hits) {
      if (hits.length === 0) return new Map();
      // Always in one order: two instances that count the same callers wait for each other at most.
      const rows = hits
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ key, hits: more, endsAt }) => ({ key, hits: more, expires_at: endsAt }));
      const counted = await db
        .insertInto('hits')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({ hits: sql<number>`hits.hits + excluded.hits` }),
        )
        .returning(['key', 'hits'])
        .execute();
      return new Map(counted.map(({ key, hits: all }) => [key, all]));
    },
  };
}
