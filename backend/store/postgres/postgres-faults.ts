import { StorageError, storageFull, storageUnavailable } from '../storage-error.ts';

/** SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html). */
const DISK_FULL = '53100';
/** Serialization failure and deadlock: the transaction was taken back and may simply be repeated. */
const REPEATABLE = ['40001', '40P01'];
/**
 * Connection trouble, shutdown, too many connections, a standby that takes no writes, and what our own limits cut off:
 * a statement, a lock, an idle transaction. And what was repeated often enough.
 */
const OUT_OF_REACH = /^(08...|57P0.|53...|25006|57014|55P03|25P03|40001|40P01|58030)$/;

/** As EPIPE or EAI_AGAIN. */
const SYSTEMS = /^E[A-Z_]+$/;

/** What an error of PostgreSQL or of the way to it means to whoever asked; null for one that is our own mistake. */
export function storageFaultOf(error: unknown): StorageError | null {
  if (error instanceof StorageError) return error;
  const code = codeOf(error);
  if (code === DISK_FULL) return storageFull(error);
  // An error with a SQLSTATE is the server's; one without comes from the way there.
  const isServers = /^[0-9A-Z]{5}$/.test(code) && !SYSTEMS.test(code);
  return isServers && !OUT_OF_REACH.test(code)
    ? null
    : isOnTheWay(error) || isServers
      ? storageUnavailable(error)
      : null;
}

/** Of rows of which there may be one, somebody else's was quicker. */
export const isTaken = (error: unknown) => codeOf(error) === '23505';

/** The system's words, the server's, and the driver's: those of a rollback stand in the place of what it was for. */
const BROKEN_OFF =
  /^(E[A-Z_]+|57P0.|08...|Connection terminated( unexpectedly)?|Client has encountered a connection error.*)$/;

/**
 * Whether the connection broke under what was asked, so that nobody knows whether it was done. Not where a limit ended it:
 * then whoever asked has no time left.
 */
export const isBrokenOff = (error: unknown) =>
  error instanceof StorageError && error.reason !== 'ETIMEDOUT' && BROKEN_OFF.test(error.reason);

export const isRepeatable = (error: unknown) => REPEATABLE.includes(codeOf(error));

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The driver has no codes for these; a socket's errors have the system's. */
function isOnTheWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (SYSTEMS.test(codeOf(error)) || error instanceof AggregateError) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/i.test(
    error.message,
  );
}
