import type { HopRole } from '#protocol/hop.ts';

/** The hop about to be made. */
export interface NextHop {
  index: number;
  url: string;
  role: HopRole;
  startedAtMs: number;
}

/** When the journal is written: at once before each request, and shortly after a hop was completed late. */
export interface Progress {
  before(next: NextHop): void;
  completedLate(): void;
  /** Before a wait of unknown length: what there is, with nothing on its way. */
  pausing(): void;
  /** Nothing is written any more, whatever arrives: what comes next is not the journal's to overwrite. */
  stop(): void;
}

/** Milliseconds in which the next request's write usually comes by and takes the late fact along. */
const SOON_MS = 60;

export function openProgress(write: (next: NextHop | null) => void): Progress {
  let current: NextHop | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  const forgetTimer = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const writeNow = (next: NextHop | null) => {
    forgetTimer();
    current = next;
    write(current);
  };
  return {
    before: writeNow,
    pausing: () => writeNow(null),
    completedLate() {
      if (stopped) return;
      timer ??= setTimeout(() => {
        timer = null;
        write(current);
      }, SOON_MS);
    },
    stop() {
      stopped = true;
      forgetTimer();
    },
  };
}
