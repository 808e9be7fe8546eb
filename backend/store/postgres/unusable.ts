import { UnusableStore } from '../storage-error.ts';

/** For a server that cannot be used from the start. */
export function unusable(error: unknown): UnusableStore {
  // The driver's words name host, user and database, and never the password.
  const words = error instanceof AggregateError ? String(error.errors[0]?.message) : (error as Error).message;
  return new UnusableStore(
    'storage.unavailable',
    `PostgreSQL at DATABASE_URL cannot be used (${words}). See that it runs, that the database exists, and that this user may create tables in it.`,
    { cause: error },
  );
}
