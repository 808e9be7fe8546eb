import { signal } from '@preact/signals';

import { type Handoff, readHandoff, watchHandoff } from '../../runner/handoff.ts';

/** The hand-off as the background last wrote it; `undefined` until it has been read once. */
export const handoff = signal<Handoff | null | undefined>(undefined);

/** Begins to follow it. A change seen before the first read has answered is newer than that answer. */
export function followHandoff(): () => void {
  handoff.value = undefined;
  const stop = watchHandoff((now) => {
    handoff.value = now;
  });
  readHandoff().then((now) => {
    if (handoff.value === undefined) handoff.value = now;
  });
  return stop;
}
