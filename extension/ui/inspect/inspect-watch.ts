import { signal } from '@preact/signals';

import { type Inspected, readInspected, watchInspected } from '../../runner/inspected.ts';

/** The inspected chain as the background last wrote it; `undefined` until it has been read once. */
export const inspected = signal<Inspected | null | undefined>(undefined);

/** Begins to follow it. A change seen before the first read has answered is newer than that answer. */
export function followInspected(): () => void {
  const stop = watchInspected((now) => {
    inspected.value = now;
  });
  readInspected().then((now) => {
    if (inspected.value === undefined) inspected.value = now;
  });
  return stop;
}
