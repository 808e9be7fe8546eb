import pg from 'pg';

/** Milliseconds. The driver knows no limit of its own for any of these. */
export interface Limits {
  /** For a connection, one of our own that is free included. */
  connectionTimeoutMillis: number;
  /** The server's own. */
  statement_timeout: number;
  /** Ours, for a server that hangs and ends nothing itself. */
  query_timeout: number;
  lock_timeout: number;
}

/** Below the three seconds in which a caller is to hear that the store is out of reach. */
const SOON: Limits = {
  connectionTimeoutMillis: 2500,
  statement_timeout: 2500,
  query_timeout: 2800,
  lock_timeout: 2000,
};

/** For changes of the schema, which take their time, and for which those who start together wait in turn. */
export const PATIENT: Limits = {
  connectionTimeoutMillis: 30_000,
  statement_timeout: 900_000,
  query_timeout: 910_000,
  lock_timeout: 30_000,
};

/** int8, which the driver hands out as text: all of ours are milliseconds and counts, which a number holds. */
const BIGINT = 20;

/** To compile a question takes the server longer than to answer it. */
const NOT_COMPILED = '-c jit=off';

/**
 * For statements that find all they need by its key, and whose plan is kept. A plan that was made while the tables were
 * small would read them whole for as long as it is kept, which is until the server has counted them again.
 */
export const BY_KEY = `${NOT_COMPILED} -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan`;

/** The driver takes the options of an address in the place of ours. One that has none is left as it was written. */
function withoutOptions(connectionString: string): { address: string; theirs: string | null } {
  const url = new URL(connectionString);
  const theirs = url.searchParams.getAll('options').at(-1) ?? null;
  if (theirs === null) return { address: connectionString, theirs };
  url.searchParams.delete('options');
  return { address: url.href, theirs };
}

export function openPool(
  connectionString: string,
  report: (error: unknown) => void,
  change: Partial<Limits> & Pick<pg.PoolConfig, 'max' | 'options'> = {},
): pg.Pool {
  const { address, theirs } = withoutOptions(connectionString);
  const options = change.options ?? NOT_COMPILED;
  const pool = new pg.Pool({
    max: 10,
    idleTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    ...SOON,
    keepAlive: true,
    maxLifetimeSeconds: 1800,
    application_name: 'number-verify-inspector',
    ...change,
    connectionString: address,
    options: theirs === null ? options : `${options} ${theirs}`,
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
