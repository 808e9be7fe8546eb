import { stopListeningToTraffic } from '../walker/hop-traffic.ts';
import { type Preflight, preflight } from './preflight.ts';

export interface Preflights {
  /** Null while something else is walked: what it needs of the listeners goes first. */
  look(backendUrl: string, httpHost: string | null): Promise<Preflight | null>;
}

/** Preflights of several pages go one after the other; the last one puts the listeners away. */
export function openPreflights(isIdle: () => boolean): Preflights {
  let last: Promise<unknown> = Promise.resolve();
  return {
    look(backendUrl, httpHost) {
      const mine = last.then(async () => {
        if (!isIdle()) return null;
        const seen = await preflight(backendUrl, httpHost).finally(() => {
          if (isIdle()) stopListeningToTraffic();
        });
        return isIdle() ? seen : null;
      });
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
