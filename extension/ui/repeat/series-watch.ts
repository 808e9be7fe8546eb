import { signal } from '@preact/signals';

import type { Series } from '../../runner/repeat.ts';
import { readSeries, watchSeries } from '../../runner/repeat-store.ts';

/** The series as the background last wrote it; `undefined` until it has been read once. */
export const series = signal<Series | null | undefined>(undefined);

/** Begins to follow the series. A change seen before the first read has answered is newer than that answer. */
export function followSeries(): () => void {
  const stop = watchSeries((now) => {
    series.value = now;
  });
  readSeries().then((now) => {
    if (series.value === undefined) series.value = now;
  });
  return stop;
}

export function isRepeating(): boolean {
  return series.value?.end === null;
}
