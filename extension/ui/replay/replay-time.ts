/** A stretch without anything to see that is worth offering to skip (ms). */
const LONG_WAIT_MS = 3000;

/** How much of a skipped wait is shown before and after the jump, so that one sees that there was one (ms). */
const BEFORE_MS = 800;
const AFTER_MS = 400;

/** Where the replay stands `byMs` later. A long wait is passed over where that is asked for; at the end it stays. */
export function advance(moments: readonly number[], ms: number, byMs: number, skipWaits: boolean): number {
  const end = moments.at(-1) ?? 0;
  const next = Math.min(end, ms + byMs);
  if (!skipWaits) return next;
  const wait = longWaits(moments).find(({ from, to }) => next > from + BEFORE_MS && next < to - AFTER_MS);
  return wait ? wait.to - AFTER_MS : next;
}

/** The stretches in which nothing changes for longer than three seconds. */
export function longWaits(moments: readonly number[]): { from: number; to: number }[] {
  return moments.flatMap((to, at) => {
    const from = moments[at - 1] ?? to;
    return to - from > LONG_WAIT_MS ? [{ from, to }] : [];
  });
}

/** The last moment at which something changed: where motion is unwanted, pictures follow each other without any. */
export function lastMoment(moments: readonly number[], ms: number): number {
  return moments.findLast((moment) => moment <= ms) ?? 0;
}

/** A step of the slider: about a hundred to the whole, in round milliseconds. */
export function sliderStep(endMs: number): number {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
  return steps.find((step) => step >= endMs / 100) ?? 10_000;
}

/** `0.84 s` */
export function spellSeconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
