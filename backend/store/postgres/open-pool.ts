import pg from 'pg';

/** Milliseconds. The driver knows no limit of its own for any of these. */
const LIMITS = {
  // Below the three seconds in which a caller is to hear that the store is out of reach.
  connectionTimeoutMillis: 2500,
  idleTimeoutMillis: 10_000,
  statement_timeout: 5000,
  query_timeout: 6000,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 10_000,
};

/** int8, which the driver hands out as text: all of ours are milliseconds and counts, which a number holds. */
const BIGINT = 20;

export function openPool(connectionString: string, report: (error: unknown) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    ...LIMITS,
    keepAlive: true,
    maxLifetimeSeconds: 1800,
    application_name: 'number-verify-inspector',
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') =>
        oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that breaks is an event, and without a listener the end of the process: on the pool while nobody uses
  // the connection, on the connection itself while somebody does.
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}
