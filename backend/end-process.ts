import type { LogSink } from './monitoring/log-sink.ts';

/** Milliseconds in which a stop has to be done, below the ten after which containers are killed. */
const LONGEST_STOP_MS = 9500;
const LAST_LINES_MS = 300;

interface Ending {
  /** Orderly: what is in flight is carried to its end. */
  stop(): Promise<void>;
  logFatal(fields: { err: unknown }, message: string): void;
  sink: LogSink;
}

/**
 * Ends the process on a signal with 0, and on a fault nobody caught with 1, since nobody knows what such a process would do
 * next. A second signal changes nothing: Ctrl-C reaches a process from the terminal and from npm.
 */
export function endOnSignals({ stop, logFatal, sink }: Ending): void {
  let ending = false;
  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), LONGEST_STOP_MS);
    await stop().catch((err: unknown) => {
      logFatal({ err }, 'the stop failed');
      code = 1;
    });
    await sink.flush(LAST_LINES_MS);
    process.exit(code);
  };
  const fault = (message: string) => (err: unknown) => {
    logFatal({ err }, message);
    void end(1);
  };
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  process.on('uncaughtException', fault('an exception nobody caught'));
  process.on('unhandledRejection', fault('a rejection nobody handled'));
}
