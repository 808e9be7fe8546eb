import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const TICK_MS = 15_000;

/** The time, for words such as "41 min ago": drawn anew every few seconds, and never older than the drawing. */
export function useNow(): number {
  const ticked = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => {
      ticked.value = Date.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(ticked.value, Date.now());
}
