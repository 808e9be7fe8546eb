import type { ComponentType } from 'preact';

import { RunsPage } from '../history/runs-page.tsx';
import type { Route } from './route.ts';

export type PageName = Route['page'];
export type PageOf<Name extends PageName> = ComponentType<Extract<Route, { page: Name }>>;

/**
 * Each page is loaded when somebody goes there: whoever looks at the runs need not wait for the code of all others. The
 * runs themselves are what most come for, and to load them apart would put them off by a third.
 */
const LOADERS: { [Name in PageName]: () => Promise<PageOf<Name>> } = {
  new_run: async () => (await import('./new-run-page.tsx')).NewRunPage,
  runs: async () => RunsPage,
  coverage: async () => (await import('../coverage/coverage-page.tsx')).CoveragePage,
  compare: async () => (await import('../compare/compare-page.tsx')).ComparePage,
  import: async () => (await import('../import/import-page.tsx')).ImportPage,
  inspect: async () => (await import('../inspect/inspect-page.tsx')).InspectPage,
  handoff: async () => (await import('../handoff/handoff-page.tsx')).HandoffPage,
  hosts: async () => (await import('../hosts/hosts-page.tsx')).HostsPage,
  replay: async () => (await import('../replay/replay-page.tsx')).ReplayPage,
};

const loading = new Map<PageName, Promise<ComponentType<Route>>>();

/** Once asked for, a page stays. */
export function loadPage(name: PageName): Promise<ComponentType<Route>> {
  const known = loading.get(name) ?? (LOADERS[name]() as Promise<ComponentType<Route>>);
  loading.set(name, known);
  return known;
}
