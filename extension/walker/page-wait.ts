import type { HopFacts } from './assemble-hop.ts';
import type { WalkClock } from './walk-clock.ts';

/** The pages of a chain in a tab: each may go on by itself, or wants a person, for whom the clock stops. */
export interface PageWait {
  /** A page is there now. */
  shown(): void;
  /** The chain goes on, and how it came to that; null where no page was there. */
  goOn(): HopFacts['came'];
  /** Until the next silence means something; null where no page is there. */
  msLeft(): number | null;
  /** Nothing happened for that long. */
  silence(): 'a_person_is_needed' | 'nobody_came';
  /** When a person's time is over (UTC ms). */
  until(): number;
}

/** Milliseconds in which a page that goes on by itself does so; after them it is for a person. */
const SETTLES_MS = 1500;

/** Milliseconds a person has over all pages of a chain: less than the backend waits for the end of leg 1. */
const PERSON_MS = 8 * 60_000;

export function openPageWait(clock: WalkClock): PageWait {
  let shownAt: number | null = null;
  let waitingSince: number | null = null;
  let spentMs = 0;
  let startClock = () => {};

  return {
    shown() {
      shownAt ??= performance.now();
    },
    goOn() {
      if (shownAt === null) return null;
      const waited = waitingSince !== null;
      if (waitingSince !== null) spentMs += performance.now() - waitingSince;
      shownAt = null;
      waitingSince = null;
      startClock();
      return waited ? 'after_page' : 'by_script';
    },
    msLeft() {
      if (waitingSince !== null) return PERSON_MS - spentMs - (performance.now() - waitingSince);
      return shownAt === null ? null : SETTLES_MS - (performance.now() - shownAt);
    },
    silence() {
      if (waitingSince !== null) return 'nobody_came';
      waitingSince = performance.now();
      void clock.paused(
        () =>
          new Promise<void>((resolve) => {
            startClock = resolve;
          }),
      );
      return 'a_person_is_needed';
    },
    until: () => Date.now() + PERSON_MS - spentMs,
  };
}
