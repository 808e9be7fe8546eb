import type { Page } from 'puppeteer-core';

import type { Run } from '../../protocol/run.ts';

/** Starts a run from an extension page that shows none, and waits until nothing more will happen; returns its id. */
export async function runUnwatched(page: Page, scenario: string, number = '+447700900901'): Promise<string> {
  return (await page.evaluate(`(async () => {
    const over = new Promise((resolve) => {
      chrome.storage.session.onChanged.addListener(function seen({ savedRun }) {
        if (savedRun?.newValue?.stage !== 'done' && !savedRun?.newValue?.notSaved) return;
        chrome.storage.session.onChanged.removeListener(seen);
        resolve(savedRun.newValue.notSaved);
      });
    });
    const reply = await chrome.runtime.sendMessage({
      type: 'start', number: '${number}', country: 'GB', mask: '+44 •••• •••${number.slice(-3)}',
      profileId: 'simulated', scenario: '${scenario}', expectation: 'match', capture: 'fetch',
    });
    if (!reply.ok) throw new Error('not started: ' + reply.problem.code);
    const notSaved = await over;
    if (notSaved) throw new Error('not saved: ' + notSaved.code + ' ' + notSaved.detail);
    return reply.value.runId;
  })()`)) as string;
}

/** Starts a run from a page that shows none, with no popup open to notice anything. */
export async function startUnwatched(page: Page, scenario: string, number: string): Promise<void> {
  const reply = (await page.evaluate(`chrome.runtime.sendMessage({
    type: 'start', number: '${number}', country: 'GB', mask: '+44 •••• •••901',
    profileId: 'simulated', scenario: '${scenario}', expectation: 'match', capture: 'fetch' })`)) as {
    ok: boolean;
    problem?: { code: string };
  };
  if (!reply.ok) throw new Error(`not started: ${reply.problem?.code}`);
}

/** Reads the saved run from a page that neither watches it nor keeps the worker awake. */
export async function savedRun(
  page: Page,
): Promise<{ stage: string; run: Run; liveHop: { index: number } | null } | undefined> {
  const { savedRun } = (await page.evaluate("chrome.storage.session.get('savedRun')")) as {
    savedRun?: never;
  };
  return savedRun;
}
