import { CONDITION_NAMES } from '#protocol/condition-names.ts';
import type { CoverageDimension, CoverageFilter } from '#protocol/coverage-api.ts';
import type { RunFilter } from '#protocol/history-api.ts';

/** Which page is shown, kept in the address so that it can be linked to, gone back from and reloaded. */
export type Route =
  | { page: 'new_run' }
  | { page: 'runs'; runId: string | null; filter: RunFilter }
  | { page: 'coverage'; rows: CoverageDimension; columns: CoverageDimension; filter: CoverageFilter }
  /** `referenceId` is what the run is held against; null lets the page choose. */
  | { page: 'compare'; runId: string | null; referenceId: string | null }
  | { page: 'import' }
  /** Any chain, from a pasted URL. The URL never stands in the address: it may carry secrets. */
  | { page: 'inspect' }
  /** A phone without this extension walks. Neither the number nor the link stands in the address. */
  | { page: 'handoff' }
  /** The hosts of a profile, and whether they are allowed. */
  | { page: 'hosts'; profileId: string | null }
  /** A kept run by its id, or a recording that ships with the extension by its name. */
  | { page: 'replay'; source: string | null };

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

/** What the matrix can be made of, in the order in which it is offered. */
export const DIMENSIONS: readonly CoverageDimension[] = [...CONDITION_NAMES, 'profile', 'day'];

const COVERAGE_FILTER_NAMES: readonly (keyof CoverageFilter)[] = [
  ...CONDITION_NAMES,
  'profile',
  'fromDay',
  'toDay',
];

const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads `#/runs/<id>?verdict=failed` and the like; anything else is the page for a new run. */
export function parseRoute(hash: string): Route {
  const [, page, path = '', text = ''] = /^#\/(\w+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(hash) ?? [];
  const query = new URLSearchParams(text);
  switch (page) {
    case 'runs':
      return { page, runId: idOf(path), filter: filterOf(query, FILTER_NAMES) };
    case 'coverage': {
      const { rows, columns } = START_MATRIX;
      const [ofRows, ofColumns] = [dimensionOf(query.get('rows')), dimensionOf(query.get('columns'))];
      const filter = filterOf(query, COVERAGE_FILTER_NAMES);
      return { page, rows: ofRows ?? rows, columns: ofColumns ?? columns, filter };
    }
    case 'compare': {
      const [runId = '', referenceId = ''] = path.split('/');
      return { page, runId: idOf(runId), referenceId: idOf(referenceId) };
    }
    case 'import':
    case 'inspect':
    case 'handoff':
      return { page };
    case 'hosts':
      return { page, profileId: /^[a-z0-9][a-z0-9-]{0,63}$/.test(path) ? path : null };
    case 'replay':
      return { page, source: /^[\w-]{1,64}$/.test(path) ? path : null };
    default:
      return { page: 'new_run' };
  }
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'new_run':
      return '#/';
    case 'runs':
      return `#/runs${below(route.runId)}${asQuery(route.filter)}`;
    case 'coverage':
      return `#/coverage${asQuery({ rows: route.rows, columns: route.columns, ...route.filter })}`;
    case 'compare':
      return `#/compare${below(route.runId)}${below(route.runId && route.referenceId)}`;
    case 'import':
      return '#/import';
    case 'inspect':
      return '#/inspect';
    case 'handoff':
      return '#/handoff';
    case 'hosts':
      return `#/hosts${below(route.profileId)}`;
    case 'replay':
      return `#/replay${below(route.source)}`;
  }
}

const START_MATRIX = { rows: 'operator', columns: 'bearer' } as const;

function idOf(text: string): string | null {
  return RUN_ID.test(text) ? text : null;
}

function dimensionOf(text: string | null): CoverageDimension | null {
  return DIMENSIONS.find((name) => name === text) ?? null;
}

function below(part: string | null): string {
  return part ? `/${part}` : '';
}

function asQuery(parts: object): string {
  const query = new URLSearchParams(parts as Record<string, string>).toString();
  return query ? `?${query}` : '';
}

/** The filter with some of its parts changed; an empty value takes a part away. */
export function withFilter(filter: RunFilter, changed: Partial<Record<FilterName, string>>): RunFilter {
  const parts = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== '');
  return Object.fromEntries(parts);
}

function filterOf<Name extends FilterName>(
  query: URLSearchParams,
  names: readonly Name[],
): Pick<RunFilter, Name> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name);
      return value !== null && SHAPES[name].test(value) ? [[name, value]] : [];
    }),
  ) as Pick<RunFilter, Name>;
}
