import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Whole seconds until a moment, counted down on the screen; 0 once it has passed. */
export function useSecondsLeft(until: number): number {
  const now = useSignal(Date.now());
  const over = now.value >= until;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, [over]);
  return Math.max(0, Math.ceil((until - now.value) / 1000));
}
