import '../tokens.css';
import '../chips.css';
import '../controls.css';
import '../frame.css';
import './inspector.css';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { App } from '../app.tsx';
import { followSettings } from '../backend-watch.ts';
import { RunsPage } from '../history/runs-page.tsx';
import { GearIcon, ListIcon, Mark, PlayIcon } from '../icons.tsx';
import { say } from '../words.ts';
import { hrefOf, type Route } from './route.ts';
import { followRoute, route } from './route-watch.ts';

/** The full page: where one can go on the left, or on top where it is narrow, and what one went to. */
export function InspectorPage() {
  useEffect(() => {
    const stops = [followRoute(), followSettings()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const shown = route.value;
  useEffect(() => {
    document.title = `${titleOf(shown)} · ${say('app.name')}`;
  }, [shown.page]);
  return (
    <div class="inspector" data-page={shown.page}>
      <Navigation shown={shown} />
      <div class="content">{shown.page === 'runs' ? <RunsPage {...shown} /> : <App place="tab" />}</div>
    </div>
  );
}

const PAGES: { to: Route; icon: typeof PlayIcon }[] = [
  { to: { page: 'new_run' }, icon: PlayIcon },
  { to: { page: 'runs', runId: null, filter: {} }, icon: ListIcon },
];

function Navigation({ shown }: { shown: Route }) {
  return (
    <nav class="side" aria-label={say('nav.label')}>
      <p class="name">
        <Mark />
        <span class="word">{say('nav.name')}</span>
      </p>
      {PAGES.map(({ to, icon: PageIcon }) => (
        <a
          key={to.page}
          href={hrefOf(to)}
          data-to={to.page}
          aria-current={to.page === shown.page ? 'page' : undefined}
        >
          <PageIcon />
          {titleOf(to)}
        </a>
      ))}
      <button type="button" id="settings" onClick={() => browser.runtime.openOptionsPage()}>
        <GearIcon />
        <span class="word">{say('app.settings')}</span>
      </button>
    </nav>
  );
}

function titleOf({ page }: Route): string {
  return say(page === 'runs' ? 'history.title' : 'app.new_run');
}
