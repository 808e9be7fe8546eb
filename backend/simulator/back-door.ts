import type { EndpointOverride } from './scenario.ts';
import type { RunningServer } from './servers.ts';

/**
 * The port that clients' servers come to, apart from the one for browsers: only so can it be down for a token request
 * and up for the chain before it.
 */
export interface BackDoor {
  /** Shuts it if the endpoint that is asked next is down in this scenario. */
  shutFor(next: EndpointOverride | undefined): boolean;
  /** A new chain finds it open. */
  open(): Promise<void>;
}

export function createBackDoor(server: RunningServer): BackDoor {
  return {
    shutFor(next) {
      const { toxic } = next ?? {};
      if (toxic?.kind !== 'down') return false;
      server.refuse();
      if (toxic.forMs !== undefined) setTimeout(() => void server.accept(), toxic.forMs).unref();
      return true;
    },
    open: server.accept,
  };
}
