import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'puppeteer-core';

import type { Run } from '#protocol/run.ts';

import { findChromium } from '../../setup.mjs';
import { buildExtension } from './build-extension.ts';
import { type DemoOptions, hasDisplay, readDemoOptions } from './demo-options.ts';
import { chooseAndRun, pair, startOver, waitForVerdict } from './drive-popup.ts';
import { wrongEnd } from './expected-ends.ts';
import { launchChromium, openExtensionPage, openPopup } from './launch-chromium.ts';
import { runJson } from './run-json.ts';
import { type Stage, setStage } from './stage.ts';
import { tellRuns, verdictLine } from './tell-run.ts';

const OUTPUT = 'demo-output';

/** Milliseconds each simulated hop takes, so that a person can see them arrive. */
const HOP_MS = 40;

/** Plays verifications in a real browser, through the real popup, on the simulated operator. */
async function demo(options: DemoOptions): Promise<number> {
  const say = options.json ? (line: string) => console.error(line) : (line: string) => console.log(line);
  const chromium = findChromium();
  if (!chromium) throw new Error('No Chromium was found. Install one, or name it in CHROMIUM_PATH.');
  say('Building the extension, starting the simulated operator and the backend …');
  const [extensionFolder, stage] = await Promise.all([buildExtension(), setStage({ hopDelayMs: HOP_MS })]);
  const { headless } = options;
  const browser = await launchChromium({
    executablePath: chromium.path,
    extensionFolder,
    operator: stage.operator,
    headless,
  }).catch(async (error) => {
    await stage.close();
    if (headless) throw error;
    throw new Error(
      `${chromium.path} could not open a window. Without a display: npm run demo -- --headless`,
    );
  });
  const closeAll = async () => {
    await browser.close().catch(() => undefined);
    await stage.close();
  };
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
    browser.once('disconnected', () => resolve());
  });
  try {
    const played = play(browser, stage, options, say);
    const failures = await Promise.race([played, interrupted.then(() => null)]);
    played.catch(() => undefined);
    if (failures === null) return 130;
    if (!headless && !options.json) {
      say(
        `\nThe browser is yours: click the extension's icon. It is paired already; the line is ${stage.pairingLine}`,
      );
      say('Ctrl-C ends everything.');
      await interrupted;
    }
    return failures === 0 ? 0 : 1;
  } finally {
    await closeAll();
  }
}

/** Runs the scenarios one after the other; returns how many did not end as they should. */
async function play(
  browser: Browser,
  stage: Stage,
  options: DemoOptions,
  say: (line: string) => void,
): Promise<number> {
  const popup = await openPopup(browser, await openExtensionPage(browser, 'options.html'));
  await tellRuns(popup, say);
  await pair(popup, stage.pairingLine);
  const finished: [string, Run][] = [];
  for (const [at, scenario] of options.scenarios.entries()) {
    if (at > 0) await startOver(popup);
    say(`\n${scenario}`);
    const run = await playOne(popup, stage, scenario);
    say(verdictLine(run));
    if (options.headless) await screenshot(popup, scenario, say);
    finished.push([scenario, run]);
  }
  if (options.json)
    process.stdout.write(
      `${JSON.stringify(
        finished.map(([name, run]) => runJson(name, run)),
        null,
        2,
      )}\n`,
    );
  const contacts = stage.operator.counters.redirectUri;
  const wrong = finished.map(([scenario, run]) => wrongEnd(scenario, run)).filter((one) => one !== null);
  for (const sentence of wrong) say(sentence);
  say(`\nredirect_uri was contacted ${contacts} times${contacts === 0 ? '.' : '; it must never be.'}`);
  return wrong.length + contacts;
}

/** One run through the popup; what counts is what the backend then has of it. */
async function playOne(popup: Page, stage: Stage, scenario: string): Promise<Run> {
  await chooseAndRun(popup, scenario);
  const seen = await waitForVerdict(popup);
  return stage.readRun(seen.run.id);
}

async function screenshot(popup: Page, scenario: string, say: (line: string) => void): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  const path = `${OUTPUT}/${scenario}.png` as const;
  await popup.screenshot({ path });
  say(`  ${path}`);
}

try {
  const options = readDemoOptions(process.argv.slice(2), hasDisplay(process.env, process.platform));
  process.exitCode = await demo(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
