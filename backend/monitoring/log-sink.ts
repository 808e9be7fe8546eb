import type { Writable } from 'node:stream';

/** Where log lines go: written if it can be, else dropped and counted. No request ever waits for it. */
export interface LogSink {
  write(line: string): void;
  /** Lines that nobody will read. */
  readonly dropped: number;
  /** Waits until what was taken is written, but not for long. */
  flush(patienceMs: number): Promise<void>;
}

/** Bytes that wait for a reader who does not read, at most: some minutes of a busy backend. */
const MOST_WAITING = 1_048_576;

/**
 * `out` is stderr. A pipe whose reader sleeps takes lines into memory, a full disk and a
 * reader who is gone are errors: each of them costs lines, and none of them the process.
 */
export function openLogSink(out: Writable, mostWaiting = MOST_WAITING): LogSink {
  let dropped = 0;
  const drop = () => {
    dropped += 1;
  };
  // Counted with its line; without a listener it would be the end of the process.
  out.on('error', () => undefined);
  return {
    get dropped() {
      return dropped;
    },
    write(line) {
      if (out.writableLength + line.length > mostWaiting) return drop();
      out.write(line, (error) => {
        if (error) drop();
      });
    },
    async flush(patienceMs) {
      const end = performance.now() + patienceMs;
      while (out.writableLength > 0 && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}
