import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import { expectationAgain } from '#protocol/expectation.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../runner/ask-background.ts';
import { conditionsOf } from '../runner/conditions.ts';
import type { Problem } from '../runner/messages.ts';
import { type Capture, readSessionNumber, readSettings } from '../runner/settings.ts';
import { conditionsDoubt, keptConditions, observedNow } from './conditions/conditions-state.ts';
import { openRow } from './detail/open-row.ts';
import { captureOnce } from './form/capture-once.ts';

/** Why the last thing asked for did not happen; shown above the run. */
export const actionProblem = signal<Problem | null>(null);

/** A run has been asked for and has not appeared yet. */
export const starting = signal(false);

export async function cancelRun(): Promise<void> {
  const reply = await askBackground({ type: 'cancel' });
  actionProblem.value = reply.ok ? null : reply.problem;
}

/** Puts the run away; the form comes back with the number still in it. */
export async function dismissRun(): Promise<void> {
  openRow.value = null;
  const reply = await askBackground({ type: 'dismiss' });
  actionProblem.value = reply.ok ? null : reply.problem;
}

/**
 * The same number and profile once more. The number is not in the run, so it comes from where it is kept.
 * Where the conditions are in doubt, the form asks about them first.
 */
export async function runAgain(run: Run, capture = captureOf(run)): Promise<void> {
  const number = (await readSessionNumber()) ?? (await readSettings()).rememberedNumber;
  if (!number || !run.number || conditionsDoubt(Date.now())) return dismissRun();
  if (starting.value) return;
  starting.value = true;
  const reply = await askBackground({
    type: 'start',
    number,
    country: run.number.country,
    mask: run.number.mask,
    profileId: run.profile.id,
    scenario: run.scenario,
    expectation: expectationAgain(run, conditionsOf(keptConditions(), observedNow(), Date.now())),
    capture,
  });
  starting.value = false;
  captureOnce.value = null;
  if (reply.ok) openRow.value = null;
  actionProblem.value = reply.ok ? null : reply.problem;
}

/** The same once more where a person can act on the page that was in the way. */
export async function runInTab(run: Run): Promise<void> {
  // The form, where it has to ask something first, begins with that choice.
  captureOnce.value = 'tab';
  await runAgain(run, 'tab');
}

function captureOf({ capture }: Run): Capture {
  return capture === 'tab' ? 'tab' : 'fetch';
}

/** The same view where it survives losing the focus and has room. A popup closes itself when a tab opens. */
export async function openInTab(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/inspector.html') });
}

/** The runs that the backend keeps. */
export async function openHistory(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('/inspector.html#/runs') });
}
