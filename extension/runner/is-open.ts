import { readSeries } from './repeat-store.ts';
import { readSavedRun } from './saved-run.ts';

/** Whether a series still has runs to make. */
export async function isRepeating(): Promise<boolean> {
  return (await readSeries())?.end === null;
}

/** Whether there is a run that has neither ended nor been given up, or a series that has not. */
export async function isOpen(): Promise<boolean> {
  const saved = await readSavedRun();
  return (saved !== null && saved.stage !== 'done') || (await isRepeating());
}
