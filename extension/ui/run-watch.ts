import { signal } from '@preact/signals';

import { readSavedRun, type SavedRun, watchSavedRun } from '../runner/saved-run.ts';

/** The run as the background last wrote it; `undefined` until it has been read once. */
export const savedRun = signal<SavedRun | null | undefined>(undefined);

/** Begins to follow the saved run. A change seen before the first read has answered is newer than that answer. */
export function followSavedRun(): () => void {
  const stop = watchSavedRun((saved) => {
    savedRun.value = saved;
  });
  readSavedRun().then((saved) => {
    if (savedRun.value === undefined) savedRun.value = saved;
  });
  return stop;
}
