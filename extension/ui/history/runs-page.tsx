import './runs-page.css';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { RunFilter } from '#protocol/history-api.ts';
import { settings } from '../backend-watch.ts';
import { sayCount, spellCount } from '../counts.ts';
import { ExportButton } from '../export/export-button.tsx';
import { PairingCard } from '../form/pairing-card.tsx';
import { AgainIcon } from '../icons.tsx';
import { withFilter } from '../inspector/route.ts';
import { goTo, replaceRoute, route } from '../inspector/route-watch.ts';
import { followSavedRun, savedRun } from '../run-watch.ts';
import { say } from '../words.ts';
import { FilterBar, type Filtering } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';
import { historyList, markOutdated, openList } from './history-list.ts';
import { RunDetail } from './run-detail.tsx';
import { RunList } from './run-list.tsx';
import { countOf } from './run-pages.ts';
import { UnsavedRuns } from './unsaved-runs.tsx';
import { useRoom } from './use-room.ts';

interface Shown {
  runId: string | null;
  filter: RunFilter;
}

/** The filter that was asked for before it was known whether there is a backend, which there mostly is. */
let early: string | null = null;

// Who comes here by an address comes for the runs: they are on their way before anything is drawn.
const cameTo = route.peek();
if (cameTo.page === 'runs') {
  early = JSON.stringify(cameTo.filter);
  openList(cameTo.filter);
}

/** The runs that the backend keeps: the list, and beside or instead of it the one that was opened. */
export function RunsPage({ runId, filter }: Shown) {
  const known = settings.value;
  const paired = known?.backend ?? null;
  const asked = JSON.stringify(filter);
  // Before the first paint, which would put the answer off by some frames.
  useLayoutEffect(() => {
    if (known && !paired) {
      early = null;
      return;
    }
    if (early !== asked) openList(filter);
    early = known ? null : asked;
  }, [asked, known !== undefined, paired?.url]);
  useNewRuns();
  useEscape(runId, filter);
  const room = useRoom();

  if (known === undefined) return null;
  if (!paired)
    return (
      <main class="in-tab">
        <h1 class="unseen">{say('history.title')}</h1>
        <PairingCard />
      </main>
    );
  return (
    <main class={`runs-page ${runId ? 'with-run' : ''}`}>
      <section class="list-side" aria-labelledby="runs-title">
        <ListHead filter={filter} />
        <UnsavedRuns />
        <FilterBar filter={filter} onFilter={changeFilter} />
        <FilterChips
          filter={filter}
          onFilter={changeFilter}
          onClear={() => goTo({ page: 'runs', runId, filter: {} })}
        />
        <RunList filter={filter} chosen={runId} hidden={runId !== null && !room} />
      </section>
      {runId ? <RunDetail key={runId} runId={runId} filter={filter} room={room} /> : null}
    </main>
  );
}

function ListHead({ filter }: { filter: RunFilter }) {
  const { pages, state, outdated } = historyList.value;
  const words = outdated ? say('history.outdated') : say('history.refresh');
  return (
    <header class="list-head">
      <h1 id="runs-title">{say('history.title')}</h1>
      <span class="dim num" aria-live="polite" id="count">
        {pages.length > 0 ? countWords(countOf(pages), pages.at(-1)?.next === null) : ''}
      </span>
      <span class="grow" />
      <ExportButton key={JSON.stringify(filter)} wanted={{ filter }} id="export-runs" />
      <button
        type="button"
        class={`text-button ${outdated ? 'strong' : ''}`}
        id="refresh"
        aria-disabled={state === 'loading'}
        onClick={() => openList(filter)}
      >
        <AgainIcon />
        <span class="word">{words}</span>
      </button>
    </header>
  );
}

function countWords(count: number, all: boolean): string {
  if (!all) return say('history.count_open', [spellCount(count)]);
  return sayCount('history.count', count);
}

/** From the route as it is now: a pill may change two parts, and a search its part while another is on its way. */
const changeFilter: Filtering['onFilter'] = (changed, typed = false) => {
  const now = route.value;
  if (now.page !== 'runs') return;
  const next = { ...now, filter: withFilter(now.filter, changed) };
  return typed ? replaceRoute(next) : goTo(next);
};

/** A run that ends while the list is open belongs at its top: it is offered, not pushed under the reader's eyes. */
function useNewRuns(): void {
  useEffect(followSavedRun, []);
  const saved = savedRun.value;
  const ended = saved?.stage === 'done' ? saved.run.id : null;
  useEffect(() => {
    const drawn = historyList.value.pages[0]?.rows ?? [];
    if (ended && drawn.every(({ id, verdict }) => id !== ended || verdict === null)) markOutdated();
  }, [ended]);
}

/** Esc closes what is open; a dialog or a list of choices closes itself first. */
function useEscape(runId: string | null, filter: RunFilter): void {
  useLayoutEffect(() => {
    if (!runId) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, select')) return;
      goTo({ page: 'runs', runId: null, filter });
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-run="${runId}"]`)?.focus());
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [runId, filter]);
}
