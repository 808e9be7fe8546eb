import { type Kysely, sql } from 'kysely';

/** For those who see their own runs only. */
export async function indexOwners(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('runs_by_owner')
    .on('runs')
    .columns(['owner_id', 'started_at desc', 'id desc'])
    .where(sql<boolean>`phase = 'ended'`)
    .execute();
}
