import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

/** Whether list and run fit side by side; `runs-page.css` breaks at the same width. */
export function useRoom(): boolean {
  const room = useSignal(matches());
  useLayoutEffect(() => {
    const query = matchMedia(WIDE);
    const changed = () => {
      room.value = query.matches;
    };
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return room.value;
}

const WIDE = '(min-width: 1000px)';

function matches(): boolean {
  return matchMedia(WIDE).matches;
}
