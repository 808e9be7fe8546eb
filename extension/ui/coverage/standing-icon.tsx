import type { Standing } from './share.ts';

const ICONS: Record<Standing, string> = { good: '✓', fair: '!', bad: '✕', alarm: '⚠\uFE0E', beside: '–' };

/** How a cell stands, for eyes that do not tell its colours apart. */
export function StandingIcon({ standing }: { standing: Standing }) {
  return (
    <span class="sign" aria-hidden="true">
      {ICONS[standing]}
    </span>
  );
}
