import type { Page } from 'puppeteer-core';

import { compareHash, compareSeed, detour, measured, reference } from './compare-fixtures.ts';
import { conditionSeeds } from './condition-seeds.ts';
import { coverageSeed } from './coverage-fixtures.ts';
import type { Seed } from './fake-browser.ts';
import { handoffFormSeed, handoffSeed } from './handoff-seeds.ts';
import { hashOfRun, historySeed } from './history-fixtures.ts';
import { FAULTY_URL, inspectedMoments } from './inspect-seeds.ts';
import type { PageSetting } from './open-pages.ts';
import { popupSeeds } from './page-seeds.ts';

/** Somewhere a person can be: a page in a state, and what is opened in it. */
export interface Place {
  path: PageSetting['path'];
  hash?: string;
  seed: Omit<Seed, 'messages'>;
  /** What is there once the page has drawn itself. */
  ready?: string;
  /** What is clicked, one after the other, and what each click brings. */
  clicks?: [selector: string, brings: string][];
  typed?: [selector: string, text: string];
  /** What it shows of a file, or makes of what was typed, that no language changes. */
  given?: string;
}

const popup = (seed: Place['seed'] | undefined, more: Partial<Place> = {}): Place => ({
  path: 'popup.html',
  seed: seed ?? {},
  ...more,
});
const inspector = (hash: string, seed: Place['seed'], ready: string, more: Partial<Place> = {}): Place => ({
  path: 'inspector.html',
  hash,
  seed,
  ready,
  ...more,
});
const runs = historySeed(40);
/** What is opened of one run needs few of them beside it, and few are sooner there. */
const fewRuns = historySeed(6);
const compared = compareSeed([reference, measured, detour], { reference });
const inspecting = (moment: keyof typeof inspectedMoments) => ({
  session: { inspected: inspectedMoments[moment] },
});
const detail = (row: string, tab: string): Partial<Place> => ({
  clicks: [
    [`#${row} .line`, `#${row} .detail`],
    [`#${row}-detail-tab-${tab}`, `#${row}-detail-tab-${tab}[aria-selected="true"]`],
  ],
});

/** Every page and dialog, in a state that shows much of it. */
export const PLACES: Record<string, Place> = {
  'first run': popup({}),
  form: popup(popupSeeds.form, { clicks: [['#repeat', '#repeat-10']] }),
  'form without hosts': popup({ ...popupSeeds.form, allowed: false }),
  'form in doubt': popup(conditionSeeds.doubtful),
  'simulated form': popup(popupSeeds.simulatedForm),
  conditions: popup(conditionSeeds.statedLong, { clicks: [['#conditions', 'dialog[open]']] }),
  preflight: popup(popupSeeds.form, {
    ready: '[data-preflight="quiet"]',
    clicks: [['#preflight summary', '#preflight[open] [data-seen="proxy"]']],
  }),
  'managed backend': popup({
    managed: { backendUrl: 'https://verify.example.org:8443', backendName: 'QA lab' },
  }),
  'managed backend unusable': popup({ managed: { backendUrl: 'ftp://verify.example.org' } }),
  'backend gone': popup(popupSeeds.backendGone),
  walking: popup(popupSeeds.walking),
  paused: popup(popupSeeds.paused),
  'at a page': popup(popupSeeds.atPage),
  series: popup(conditionSeeds.seriesRunning),
  match: popup(popupSeeds.match, detail('hop-3', 'response')),
  failed: popup(popupSeeds.failed, detail('chain-end', 'why')),
  'token failed': popup(popupSeeds.tokenFailed, detail('leg-token', 'request')),
  doctor: popup(popupSeeds.doctorAskable, { clicks: [['#open-doctor', '#hash-doctor']] }),
  'new run': inspector('', popupSeeds.failed ?? {}, '.run-view'),
  runs: inspector('#/runs?origin=live&text=e', runs, 'a.run-row', {
    clicks: [['#more-filters', '#filter-bearer']],
  }),
  run: inspector(hashOfRun(2), fewRuns, '.record'),
  'forget dialog': inspector(hashOfRun(2), fewRuns, '.record', {
    clicks: [['#forget-number', '#forget-dialog[open]']],
  }),
  'delete dialog': inspector(hashOfRun(2), fewRuns, '.record', {
    clicks: [['#delete-run', '#delete-dialog[open]']],
  }),
  'export dialog': inspector('#/runs', fewRuns, 'a.run-row', {
    clicks: [
      ['#export-runs', '#export-dialog[open]'],
      ['[data-format="csv"]', '[data-step="saved"]'],
    ],
  }),
  coverage: inspector('#/coverage', coverageSeed(), '.matrix-card'),
  compare: inspector(compareHash(measured), compared, '.side-head'),
  'pick dialog': inspector(compareHash(measured), compared, '.side-head', {
    clicks: [['#pick-reference', 'dialog[open]']],
  }),
  recordings: inspector('#/replay', {}, '#play-match'),
  replay: inspector(`#/replay/wifi-access-denied`, {}, '#play', {
    given: 'https://api.operator.test/mobileconnect/deviceinitiated/v1/authorize',
  }),
  inspect: inspector('#/inspect', {}, '#inspect-url', {
    typed: ['#inspect-url', FAULTY_URL],
    given: 'app acr_values code_challenge',
  }),
  'inspection needs a host': inspector('#/inspect', inspecting('waiting'), '#allow'),
  inspected: inspector('#/inspect', inspecting('done'), '[data-inspected]'),
  'inspection asks': inspector('#/inspect', inspecting('asking'), '#stop-here'),
  hosts: inspector('#/hosts/vodafone-uk', { ...popupSeeds.form, allowed: false }, '[data-host]'),
  'phone form': inspector('#/handoff', handoffFormSeed(), '#make-link', {
    clicks: [['#phone-conditions summary', '#phone-conditions[open]']],
  }),
  'phone link': inspector('#/handoff', handoffSeed('waiting'), '.qr'),
  'phone verdict': inspector('#/handoff', handoffSeed('match'), '[data-verdict]'),
  import: inspector('#/import', fewRuns, '#file'),
  settings: { path: 'options.html', seed: popupSeeds.form ?? {}, ready: '.settings .card' },
  'managed settings': {
    path: 'options.html',
    seed: { managed: { backendUrl: 'https://verify.example.org:8443', backendName: 'QA lab' } },
    ready: '[data-chosen="offered"]',
  },
};

/** Goes where the place is, on a page that was opened for it. */
export async function goTo(page: Page, { ready, clicks = [], typed }: Place): Promise<void> {
  if (ready) await page.waitForSelector(ready);
  if (typed)
    await page.$eval(
      typed[0],
      (field, text) => {
        (field as HTMLTextAreaElement).value = text as string;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      },
      typed[1],
    );
  for (const [selector, brings] of clicks) {
    // Below a folded part on narrow pages: pressed where it is, as a keyboard would.
    await page.$eval(selector, (one) => (one as HTMLElement).click());
    await page.waitForSelector(brings);
  }
}
