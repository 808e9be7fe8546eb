/** Of the levels of the log, `error`. */
const ERROR = 50;

/**
 * A broken connection of the store as a line of the log, in the logger's form: it may break before there is a logger.
 * Without the driver's message, which can name the server and its user.
 */
export function storeFaultLine(error: unknown, time: number): string {
  const type = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  return `${JSON.stringify({ level: ERROR, time, err: { type, code }, msg: 'a connection to PostgreSQL broke' })}\n`;
}
