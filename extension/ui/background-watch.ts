import { signal } from '@preact/signals';

import { askBackground } from '../runner/ask-background.ts';

/** Milliseconds that the background has for a word: it starts in a fraction of that, on a busy machine too. */
const ANSWER_MS = 1500;
const AGAIN_MS = 500;

/** The background has not answered in all the time it had, and not since. */
export const backgroundGone = signal(false);

/** Asks the background whether it is there until it says so, or the returned function is called. */
export function watchBackground(): () => void {
  let isWatched = true;
  let again: ReturnType<typeof setTimeout> | undefined;
  const missed = setTimeout(() => {
    backgroundGone.value = true;
  }, ANSWER_MS);
  const ask = async () => {
    const reply = await askBackground({ type: 'hello' });
    if (!isWatched) return;
    if (!reply.ok) {
      again = setTimeout(ask, AGAIN_MS);
      return;
    }
    clearTimeout(missed);
    backgroundGone.value = false;
  };
  ask();
  return () => {
    isWatched = false;
    clearTimeout(missed);
    clearTimeout(again);
  };
}
