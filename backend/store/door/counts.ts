import { type Kysely, sql } from 'kysely';

import type { DoorStore } from './door-store.ts';
import type { DoorTables } from './door-tables.ts';

type Counts = Pick<DoorStore, 'takeCalls' | 'callsMade' | 'addHits'>;

/** `fleeting` is the same database where a commit need not wait for the disk. */
export function createCounts(db: Kysely<DoorTables>, fleeting: Kysely<DoorTables>): Counts {
  const callsMade: Counts['callsMade'] = async (profileId, day) => {
    const row = await db
      .selectFrom('operator_calls')
      .select('calls')
      .where('profile_id', '=', profileId)
      .where('day', '=', day)
      .executeTakeFirst();
    return row?.calls ?? 0;
  };
  return {
    callsMade,
    async takeCalls(profileId, day, wanted, limit) {
      // All of them in one statement, or none; who is refused asks for what is left, which only becomes less.
      for (let calls = Math.min(wanted, limit); calls > 0; ) {
        const row = await db
          .insertInto('operator_calls')
          .values({ profile_id: profileId, day, calls })
          .onConflict((conflict) =>
            conflict
              .columns(['profile_id', 'day'])
              .doUpdateSet({ calls: sql<number>`operator_calls.calls + excluded.calls` })
              .where('operator_calls.calls', '<=', limit - calls),
          )
          .returning('calls')
          .executeTakeFirst();
        if (row) return calls;
        calls = Math.min(calls, limit - (await callsMade(profileId, day)));
      }
      return 0;
    },
    async addHits(hits) {
      if (hits.length === 0) return new Map();
      // Always in one order: two instances that count the same callers wait for each other at most.
      const rows = hits
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ key, hits: more, endsAt }) => ({ key, hits: more, expires_at: endsAt }));
      const counted = await fleeting
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
