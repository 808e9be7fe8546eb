import type { RunFilter } from '#protocol/history-api.ts';

/** Which page is shown, kept in the address so that it can be linked to, gone back from and reloaded. */
export type Route = { page: 'new_run' } | { page: 'runs'; runId: string | null; filter: RunFilter };

type FilterName = keyof RunFilter;

/** What each part of a filter may look like. What does not is left out: a link may be old, or typed by hand. */
const SHAPES: Record<FilterName, RegExp> = {
  text: /^.{1,200}$/s,
  verdict: /^(match|no_match|failed|interrupted|cancelled|unknown)$/,
  leg: /^(authorize|token|premiuminfo)$/,
  failure: /^[a-z]+\.[a-z_]+$/,
  cause: /^[a-z_]+$/,
  profile: /^.{1,120}$/,
  origin: /^(live|simulated|imported|replayed)$/,
  expected: /^(as_expected|not_as_expected|inconclusive)$/,
  operator: /^.{1,120}$/,
  bearer: /^.{1,120}$/,
  sharing: /^.{1,120}$/,
  roaming: /^.{1,120}$/,
  vpn: /^.{1,120}$/,
  device: /^.{1,120}$/,
  browser: /^.{1,120}$/,
  place: /^.{1,120}$/,
  campaign: /^.{1,120}$/,
  fromDay: /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/,
  toDay: /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/,
};
export const FILTER_NAMES = Object.keys(SHAPES) as FilterName[];

const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `#/runs/<id>?verdict=failed`; anything else is the page for a new run. */
export function parseRoute(hash: string): Route {
  const [, page, id = '', query = ''] = /^#\/(\w+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(hash) ?? [];
  if (page !== 'runs') return { page: 'new_run' };
  return { page, runId: RUN_ID.test(id) ? id : null, filter: filterOf(new URLSearchParams(query)) };
}

export function hrefOf(route: Route): string {
  if (route.page === 'new_run') return '#/';
  const query = new URLSearchParams(route.filter as Record<string, string>).toString();
  return `#/runs${route.runId ? `/${route.runId}` : ''}${query ? `?${query}` : ''}`;
}

/** The filter with some of its parts changed; an empty value takes a part away. */
export function withFilter(filter: RunFilter, changed: Partial<Record<FilterName, string>>): RunFilter {
  const parts = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== '');
  return Object.fromEntries(parts);
}

function filterOf(query: URLSearchParams): RunFilter {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = query.get(name);
      return value !== null && SHAPES[name].test(value) ? [[name, value]] : [];
    }),
  );
}
