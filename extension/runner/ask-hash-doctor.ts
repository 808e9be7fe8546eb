import type { HashForm } from '#protocol/profile.ts';

import type { BackendClient } from '../backend-client/backend-client.ts';
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
 * Has the operator asked once more about the number of the run on show, written the other way, and saves what came of
 * it. Null where that went well.
 */
export async function askHashDoctor(
  runId: string,
  number: string,
  backend: BackendClient,
): Promise<Problem['code'] | null> {
  const run = (await readSavedRun())?.run;
  if (run?.id !== runId) return 'run_gone';
  // Another number's answer would be taken for this one's.
  if (!run.number || !fitsMask(number, run.number.mask)) return 'other_number';
  const form = otherForm(run.profile.hash);
  const answered = await backend.askHashDoctor(runId, { form, numberHash: await hashNumber(number, form) });
  const saved = await readSavedRun();
  // Put away meanwhile: it must not come back.
  if (saved?.run.id === runId) await writeSavedRun(asStored(saved, answered));
  return null;
}
