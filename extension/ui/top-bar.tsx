import './tokens.css';
import './chips.css';
import './controls.css';
import './frame.css';
import './touch.css';
import type { ComponentChildren } from 'preact';
import browser from 'webextension-polyfill';

import type { SavedRun } from '../runner/saved-run.ts';
import { GearIcon, HistoryIcon, Mark, TabIcon } from './icons.tsx';
import { openHistory, openInTab } from './run-actions.ts';
import { say } from './words.ts';

interface Shown {
  saved: SavedRun | null;
  /** The name of the page, where no run is shown. */
  title: string;
  inPopup: boolean;
  children?: ComponentChildren;
}

export function TopBar({ saved, title, inPopup, children }: Shown) {
  return (
    <header class="bar">
      {inPopup ? <Mark /> : null}
      <div class="named">
        <h1 class={saved?.run.number ? 'mask' : undefined}>{saved?.run.number?.mask ?? title}</h1>
        {saved && saved.run.origin !== 'simulated' ? (
          <span class="dim small profile-name">{saved.run.profile.name}</span>
        ) : null}
        <span class="grow" />
        {saved ? <OriginBadge origin={saved.run.origin} /> : null}
      </div>
      {children}
      {inPopup ? (
        <button
          type="button"
          class="icon-button"
          id="history"
          title={say('app.history')}
          onClick={openHistory}
        >
          <HistoryIcon />
          <span class="unseen">{say('app.history')}</span>
        </button>
      ) : null}
      {inPopup ? (
        <button
          type="button"
          class="icon-button"
          id="open-tab"
          title={say('app.open_tab')}
          onClick={openInTab}
        >
          <TabIcon />
          <span class="unseen">{say('app.open_tab')}</span>
        </button>
      ) : null}
      {saved || !inPopup ? null : (
        <button
          type="button"
          class="icon-button"
          id="settings"
          title={say('app.settings')}
          onClick={() => browser.runtime.openOptionsPage()}
        >
          <GearIcon />
          <span class="unseen">{say('app.settings')}</span>
        </button>
      )}
    </header>
  );
}

/** What did not come from a live network says so wherever its result is shown. */
function OriginBadge({ origin }: { origin: SavedRun['run']['origin'] }) {
  return origin === 'live' ? null : <span class="origin">{say(`run.${origin}`)}</span>;
}
