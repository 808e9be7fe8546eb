import type { Series } from './repeat.ts';
import { sessionValue } from './session-value.ts';

export const {
  read: readSeries,
  write: writeSeries,
  clear: clearSeries,
  watch: watchSeries,
} = sessionValue<Series>('series');

let last: Promise<unknown> = Promise.resolve();

/** Changes the series, one change after the other: a Stop must not be lost to a result that comes in the same moment. */
export function changeSeries(edit: (series: Series) => Series): Promise<Series | null> {
  const changing = last.then(async () => {
    const series = await readSeries();
    if (!series) return null;
    const changed = edit(series);
    await writeSeries(changed);
    return changed;
  });
  last = changing.catch(() => null);
  return changing;
}
