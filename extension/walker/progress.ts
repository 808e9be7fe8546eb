import type { HopRole } from '#protocol/hop.ts';

/** The hop on its way. */
export interface NextHop {
  index: number;
  url: string;
  role: HopRole;
  startedAtMs: number;
}

/**
 * When the journal is written: once a hop, when its request has left. Written before, it would hold the request up,
 * because the browser does both on one thread.
 */
export interface Progress {
  /** A request was made; the journal is due. */
  began(next: NextHop): void;
  /** The request has left. */
  left(): void;
  /** A hop was given what it lacked. */
  completedLate(): void;
  /** Before a wait of unknown length: what there is, with nothing on its way. */
  pausing(): void;
  /** Nothing is written any more, whatever arrives: what comes next is not the journal's to overwrite. */
  stop(): void;
}

/** Milliseconds after which a due journal is written, whatever the request does: it may hang before it leaves. */
const DUE_MS = 25;

/** Milliseconds in which the next request's write usually comes by and takes a late fact along. */
const SOON_MS = 60;

export function openProgress(write: (next: NextHop | null) => void): Progress {
  let current: NextHop | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let due = false;
  let stopped = false;

  const clear = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    due = false;
  };
  const writeNow = () => {
    clear();
    write(current);
  };
  return {
    began(next) {
      clear();
      current = next;
      due = true;
      timer = setTimeout(writeNow, DUE_MS);
    },
    left() {
      if (due) writeNow();
    },
    completedLate() {
      if (!stopped) timer ??= setTimeout(writeNow, SOON_MS);
    },
    pausing() {
      current = null;
      writeNow();
    },
    stop() {
      stopped = true;
      clear();
    },
  };
}
