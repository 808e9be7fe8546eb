import { sayCount } from '../counts.ts';
import { say } from '../words.ts';

/** How many things differ, with a sign beside the colour. */
export function Count({ count }: { count: number }) {
  if (count === 0) return <span class="chip soft">= {say('compare.alike')}</span>;
  const words = sayCount('compare.differ', count);
  return <span class="chip differ">≠ {words}</span>;
}
