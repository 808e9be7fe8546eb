import type { HashForm } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';

import type { BackendClient } from '../backend-client/backend-client.ts';
import { readHandoff, writeHandoff } from './handoff.ts';
import type { Problem } from './messages.ts';
import { hashNumber } from './number-hash.ts';
import { fitsMask } from './number-mask.ts';
import { asStored } from './run-state.ts';
import { readSavedRun, writeSavedRun } from './saved-run.ts';

/** The way of writing that a profile does not use. */
export function otherForm(form: HashForm): HashForm {
  return form === 'plus' ? 'plain' : 'plus';
}

/**
 * Has the operator asked once more about the number of a run on show, written the other way, and saves what came of it.
 * Null where that went well.
 */
export async function askHashDoctor(
  runId: string,
  number: string,
  backend: BackendClient,
): Promise<Problem['code'] | null> {
  const run = (await onShow(runId))?.run;
  if (!run) return 'run_gone';
  // Another number's answer would be taken for this one's.
  if (!run.number || !fitsMask(number, run.number.mask)) return 'other_number';
  const form = otherForm(run.profile.hash);
  const answered = await backend.askHashDoctor(runId, { form, numberHash: await hashNumber(number, form) });
  // Put away meanwhile: it must not come back.
  await (await onShow(runId))?.save(answered);
  return null;
}

/** A run that a page shows, walked here or by a phone, and what has the page show it changed. */
async function onShow(runId: string): Promise<{ run: Run; save(run: Run): Promise<void> } | null> {
  const [saved, handoff] = await Promise.all([readSavedRun(), readHandoff()]);
  if (saved?.run.id === runId) return { run: saved.run, save: (run) => writeSavedRun(asStored(saved, run)) };
  if (handoff?.run.id === runId)
    return { run: handoff.run, save: (run) => writeHandoff({ ...handoff, run }) };
  return null;
}
