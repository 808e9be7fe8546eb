import { isAllowed } from './host-permission.ts';
import type { StartMessage } from './messages.ts';
import { readSavedRun } from './saved-run.ts';
import { readSessionNumber } from './settings.ts';

type Begin = (start: Omit<StartMessage, 'type'>, repeat: null, againFor: string) => Promise<unknown>;

/** Begins anew the run that ended for want of a permission, if it is there now; one at a time, however often it is called. */
export function openLateStart(begin: Begin): () => Promise<void> {
  let under = false;
  return async () => {
    if (under) return;
    under = true;
    try {
      const saved = await readSavedRun();
      const late = saved?.stage === 'done' ? saved.late : undefined;
      const number = await readSessionNumber();
      if (!late || number === null || Date.now() > late.until || !(await isAllowed(late.origins))) return;
      await begin({ ...late.start, number }, null, late.host);
    } catch {
      // The backend is away: the run before stays in view, and can be run again by hand.
    } finally {
      under = false;
    }
  };
}
