import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { advance, lastMoment } from './replay-time.ts';

export const SPEEDS = [1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** Milliseconds one picture may stand for: a tab that was in the background goes on where it was, instead of jumping. */
const LONGEST_FRAME_MS = 250;

export interface ReplayClock {
  /** Where the replay stands, and what of it is shown: the same, unless motion is unwanted. */
  ms: number;
  shownMs: number;
  endMs: number;
  playing: boolean;
  over: boolean;
  speed: Speed;
  skipWaits: boolean;
  /** Plays, or pauses; at the end it plays from the beginning. */
  toggle(): void;
  restart(): void;
  seek(ms: number): void;
  setSpeed(speed: Speed): void;
  setSkipWaits(skip: boolean): void;
}

/** Time as it went by in the run, in the hands of the person. It begins by itself, unless motion is unwanted. */
export function useReplayClock(moments: readonly number[]): ReplayClock {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const ms = useSignal(0);
  const playing = useSignal(!still);
  const speed = useSignal<Speed>(1);
  const skipWaits = useSignal(false);
  const endMs = moments.at(-1) ?? 0;

  useEffect(() => {
    if (!playing.value) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const byMs = Math.min(LONGEST_FRAME_MS, Math.max(0, now - before)) * speed.peek();
      before = now;
      ms.value = advance(moments, ms.peek(), byMs, skipWaits.peek());
      if (ms.peek() >= endMs) playing.value = false;
      else frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing.value]);

  const over = ms.value >= endMs;
  const seek = (to: number) => {
    ms.value = Math.min(endMs, Math.max(0, to));
    if (ms.value >= endMs) playing.value = false;
  };
  return {
    ms: ms.value,
    shownMs: still ? lastMoment(moments, ms.value) : ms.value,
    endMs,
    playing: playing.value,
    over,
    speed: speed.value,
    skipWaits: skipWaits.value,
    seek,
    toggle() {
      if (over) ms.value = 0;
      playing.value = !playing.peek();
    },
    restart() {
      ms.value = 0;
      playing.value = true;
    },
    setSpeed(chosen) {
      speed.value = chosen;
    },
    setSkipWaits(skip) {
      skipWaits.value = skip;
    },
  };
}
