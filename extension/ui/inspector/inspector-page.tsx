import '../tokens.css';
import '../chips.css';
import '../controls.css';
import '../frame.css';
import './inspector.css';
import '../touch.css';
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { followSettings } from '../backend-watch.ts';
import {
  ChainIcon,
  CompareIcon,
  GearIcon,
  ImportIcon,
  ListIcon,
  Mark,
  MatrixIcon,
  PhoneIcon,
  PlayIcon,
  ReplayIcon,
} from '../icons.tsx';
import { nameDocument } from '../name-document.ts';
import { say } from '../words.ts';
import { loadPage, type PageName } from './page-loaders.ts';
import { hrefOf, parseRoute, type Route } from './route.ts';
import { followRoute, route } from './route-watch.ts';

/** The full page: where one can go on the left, or on top where it is narrow, and what one went to. */
export function InspectorPage() {
  // Before the first paint, which would put off what is asked by some frames.
  useLayoutEffect(() => {
    const stops = [followRoute(), followSettings()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const shown = route.value;
  useLayoutEffect(() => {
    nameDocument(titleOf(shown));
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

// On its way while the frame around it is drawn.
loadPage(route.value.page);

function Page({ shown }: { shown: Route }) {
  const loaded = useSignal<{ name: PageName; Shown: ComponentType<Route> } | null>(null);
  useLayoutEffect(() => {
    const name = shown.page;
    let isWanted = true;
    loadPage(name).then((Shown) => {
      if (isWanted) loaded.value = { name, Shown };
    });
    return () => {
      isWanted = false;
    };
  }, [shown.page]);
  if (loaded.value?.name !== shown.page) return null;
  const { Shown } = loaded.value;
  return <Shown key={shown.page === 'replay' ? shown.source : shown.page} {...shown} />;
}

const PAGES: { to: Route; icon: typeof PlayIcon }[] = [
  { to: { page: 'new_run' }, icon: PlayIcon },
  { to: parseRoute('#/coverage'), icon: MatrixIcon },
  { to: { page: 'runs', runId: null, filter: {} }, icon: ListIcon },
  { to: { page: 'compare', runId: null, referenceId: null }, icon: CompareIcon },
  { to: { page: 'replay', source: null }, icon: ReplayIcon },
  { to: { page: 'handoff' }, icon: PhoneIcon },
  { to: { page: 'inspect' }, icon: ChainIcon },
  { to: { page: 'import' }, icon: ImportIcon },
];

function Navigation({ shown }: { shown: Route }) {
  const side = useRef<HTMLElement>(null);
  // Where the strip scrolls, it would else begin without the page that one is on.
  useLayoutEffect(() => {
    side.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shown.page]);
  return (
    <nav class="side" aria-label={say('nav.label')} ref={side}>
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
          {navName(to)}
        </a>
      ))}
      <button type="button" id="settings" onClick={() => browser.runtime.openOptionsPage()}>
        <GearIcon />
        <span class="word">{say('app.settings')}</span>
      </button>
    </nav>
  );
}

/** Where a title is a sentence, the strip of pages has a word. */
function navName(to: Route): string {
  if (to.page === 'inspect') return say('nav.inspect');
  return to.page === 'handoff' ? say('nav.handoff') : titleOf(to);
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
  handoff: 'handoff.title',
  hosts: 'hosts.title',
  replay: 'replay.title',
} as const;
