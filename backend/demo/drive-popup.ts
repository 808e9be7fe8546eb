import type { Page } from 'puppeteer-core';

/** What the popup keeps of a run in `storage.session`; the part of it that is read here. */
export interface SeenRun {
  stage: string;
  run: { id: string; verdict: string | null; phase: string };
}

/** Longer than any run can take: 30 s of chain, two legs of 8 s, and the waits between. */
const RUN_MS = 90_000;

/** Does what a person does at the first start: pastes the line the backend printed. */
export async function pair(popup: Page, pairingLine: string): Promise<void> {
  await popup.waitForSelector('#pairing-line');
  // At once, as pasting is: each key would draw the popup anew.
  await popup.evaluate(`{
    const field = document.querySelector('#pairing-line');
    field.value = ${JSON.stringify(pairingLine)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }`);
  await popup.click('#connect');
  await popup.waitForSelector('#run');
}

/** Chooses the scenario, whose SIM's number the popup fills in, and presses Run. */
export async function chooseAndRun(popup: Page, scenario: string): Promise<void> {
  await popup.waitForSelector('#scenario');
  await popup.select('#scenario', scenario);
  await popup.waitForFunction("document.querySelector('#number').value !== ''");
  await popup.waitForSelector('#run:not([disabled])');
  await popup.click('#run');
}

/** The run in the popup, once it has ended. */
export async function waitForVerdict(popup: Page): Promise<SeenRun> {
  await popup.waitForSelector('[data-verdict]', { timeout: RUN_MS });
  return readSeenRun(popup);
}

export async function readSeenRun(popup: Page): Promise<SeenRun> {
  const stored = (await popup.evaluate("chrome.storage.session.get('savedRun')")) as { savedRun: SeenRun };
  return stored.savedRun;
}

/** Puts the finished run away, as "New run" does. */
export async function startOver(popup: Page): Promise<void> {
  await popup.click('#dismiss');
  await popup.waitForSelector('#run');
}
