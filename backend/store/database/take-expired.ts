import { type Kysely, sql } from 'kysely';

import type { RunStore } from '../run-store.ts';
import type { Writer } from './run-writes.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** What a lease is set to; by this process, from now on. */
interface Lease {
  instance: string;
  lease_until: ReturnType<typeof sql<number>>;
}

/** Leases that looked over the last time, by the number of their run; whoever opens a store keeps it. */
export type SeenLeases = Map<
  number,
  { leaseUntil: number /** On this process's own clock, which nobody sets. */; at: number }
>;

/**
 * A lease that looks over proves nothing by itself: a database's clock that is set forward ends all of them at once, and
 * one that is set back keeps those of the dead. So one that does is taken only if it is still the same half a lease
 * later, by when its process, if it lives, has renewed it. A lease of 0 is nobody's.
 */
export function createTakeExpired(
  db: Kysely<Tables>,
  dialect: SqlDialect,
  { leaseMs, seen }: Writer,
  lease: Lease,
): RunStore['takeExpired'] {
  return async () => {
    const longest = sql<number>`${dialect.now} + ${sql.lit(leaseMs)}`;
    const over = await db
      .selectFrom('runs')
      .select(['run_no', 'lease_until'])
      .where(sql<boolean>`phase <> 'ended'`)
      .where('submission_digest', 'is not', null)
      .where(sql<boolean>`(lease_until < ${dialect.now} or lease_until > ${longest})`)
      .execute();
    const now = performance.now();
    const before = new Map(seen);
    seen.clear();
    for (const { run_no: runNo, lease_until: leaseUntil } of over) {
      const known = before.get(runNo);
      seen.set(runNo, known?.leaseUntil === leaseUntil ? known : { leaseUntil, at: now });
    }
    const dead = [...seen].filter(([, { leaseUntil, at }]) => leaseUntil === 0 || now - at >= leaseMs / 2);
    if (dead.length === 0) return [];
    const same = sql.join(
      dead.map(([runNo, { leaseUntil }]) => sql`(${sql.lit(runNo)}, ${sql.lit(leaseUntil)})`),
    );
    const free = sql<number>`(select run_no from runs where phase <> 'ended'
      and (run_no, lease_until) in (values ${same}) ${dialect.holdFreeRows})`;
    const taken = await db
      .updateTable('runs')
      .set(lease)
      .where('run_no', 'in', free)
      .returning('id')
      .execute();
    return taken.map(({ id }) => id);
  };
}
