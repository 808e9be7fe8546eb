import './waiting-line.css';
import { clockSeconds } from './spelling.ts';
import { say } from './words.ts';

/** Under a progress bar: that the backend asked to wait, and until when. Its place is there before, so that nothing moves. */
export function WaitingLine({ until }: { until: number | null }) {
  return (
    <p class="waiting-line small num" role="status">
      {until === null ? null : say('waits_until', [clockSeconds(say('language'), until)])}
    </p>
  );
}
