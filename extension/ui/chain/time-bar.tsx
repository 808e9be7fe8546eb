import type { Bar } from './time-axis.ts';

/** A bar on the common axis. The numbers stand beside it as text, so it is only for the eye. */
export function TimeBar({ bar }: { bar: Bar }) {
  return (
    <span class="track" aria-hidden="true">
      <i style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />
    </span>
  );
}
