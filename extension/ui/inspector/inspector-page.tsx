import '../tokens.css';
import '../chips.css';
import '../controls.css';
import '../frame.css';
import './inspector.css';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { App } from '../app.tsx';
import { followSettings } from '../backend-watch.ts';
import { ComparePage } from '../compare/compare-page.tsx';
import { CoveragePage } from '../coverage/coverage-page.tsx';
import { RunsPage } from '../history/runs-page.tsx';
import { HostsPage } from '../hosts/hosts-page.tsx';
import {
  ChainIcon,
  CompareIcon,
  GearIcon,
  ImportIcon,
  ListIcon,
  Mark,
  MatrixIcon,
  PlayIcon,
  ReplayIcon,
} from '../icons.tsx';
import { ImportPage } from '../import/import-page.tsx';
import { InspectPage } from '../inspect/inspect-page.tsx';
import { ReplayPage } from '../replay/replay-page.tsx';
import { say } from '../words.ts';
import { hrefOf, parseRoute, type Route } from './route.ts';
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
      <div class="content">
        <Page shown={shown} />
      </div>
    </div>
  );
}

function Page({ shown }: { shown: Route }) {
  switch (shown.page) {
    case 'runs':
      return <RunsPage {...shown} />;
    case 'coverage':
      return <CoveragePage {...shown} />;
    case 'compare':
      return <ComparePage {...shown} />;
    case 'import':
      return <ImportPage />;
    case 'inspect':
      return <InspectPage />;
    case 'hosts':
      return <HostsPage {...shown} />;
    case 'replay':
      return <ReplayPage key={shown.source} {...shown} />;
    case 'new_run':
      return <App place="tab" />;
  }
}

const PAGES: { to: Route; icon: typeof PlayIcon }[] = [
  { to: { page: 'new_run' }, icon: PlayIcon },
  { to: parseRoute('#/coverage'), icon: MatrixIcon },
  { to: { page: 'runs', runId: null, filter: {} }, icon: ListIcon },
  { to: { page: 'compare', runId: null, referenceId: null }, icon: CompareIcon },
  { to: { page: 'replay', source: null }, icon: ReplayIcon },
  { to: { page: 'inspect' }, icon: ChainIcon },
  { to: { page: 'import' }, icon: ImportIcon },
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
          {to.page === 'inspect' ? say('nav.inspect') : titleOf(to)}
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
  return say(TITLES[page]);
}

const TITLES = {
  new_run: 'app.new_run',
  runs: 'history.title',
  coverage: 'coverage.title',
  compare: 'compare.title',
  import: 'import.title',
  inspect: 'inspect.title',
  hosts: 'hosts.title',
  replay: 'replay.title',
} as const;
