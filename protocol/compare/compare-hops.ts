import type { Header, Hop } from '../hop.ts';
import { type Difference, differing, type HopDifference } from './comparison.ts';
import { addressOf, familyOf, isAlike, isVolatileHeader, steady } from './volatile.ts';

/** What two hops that are one step do not have in common, the more telling first. */
export function compareHops(reference: Hop, run: Hop): HopDifference[] {
  const [from, to] = [addressOf(reference.url), addressOf(run.url)];
  const families = [familyOf(reference.ip), familyOf(run.ip)] as const;
  return [
    ...differing('scheme', from.scheme, to.scheme),
    ...differing('host', from.host, to.host),
    ...differing('role', reference.role, run.role),
    ...differing('status', spell(reference.status), spell(run.status)),
    ...differing('error', reference.error?.code ?? null, run.error?.code ?? null),
    ...differing('location_host', destinationOf(reference), destinationOf(run)),
    ...differing('page', pageOf(reference), pageOf(run)),
    ...differing('cookies_sent', namesOf(reference.cookiesSent), namesOf(run.cookiesSent)),
    ...differing('cookies_set', namesOf(reference.cookiesSet), namesOf(run.cookiesSet)),
    // `slow` is a matter of timing, which has its own line.
    ...differing('notes', namesOf(reference.notes.filter(isSteady)), namesOf(run.notes.filter(isSteady))),
    // An address that was not seen is no other address.
    ...(families.includes(null) ? [] : differing('address_family', ...families)),
    ...compareHeaders('header', reference.responseHeaders, run.responseHeaders),
    ...(isAlike(reference.durationMs, run.durationMs)
      ? []
      : differing('duration', spell(reference.durationMs), spell(run.durationMs))),
  ];
}

/** By name, whatever their order; values without what is new every time. */
export function compareHeaders<What extends string>(
  what: What,
  reference: readonly Header[],
  run: readonly Header[],
): Difference<What>[] {
  const [before, after] = [valuesOf(reference), valuesOf(run)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .flatMap((name) => differing(what, before.get(name) ?? null, after.get(name) ?? null, name));
}

function valuesOf(headers: readonly Header[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of headers) {
    const lower = name.toLowerCase();
    if (isVolatileHeader(lower)) continue;
    const before = values.get(lower);
    values.set(lower, before === undefined ? steady(value) : `${before}, ${steady(value)}`);
  }
  return values;
}

function destinationOf({ nextUrl, location }: Hop): string | null {
  const url = nextUrl ?? location;
  if (url === null) return null;
  const { scheme, host } = addressOf(url);
  return `${scheme}://${host}`;
}

function pageOf({ page }: Hop): string | null {
  return page && [steady(page.contentType), ...page.shows.toSorted()].join(' ');
}

function namesOf(names: readonly string[]): string | null {
  return names.length > 0 ? [...new Set(names.map(steady))].toSorted().join(', ') : null;
}

function isSteady(note: Hop['notes'][number]): boolean {
  return note !== 'slow';
}

function spell(value: number | null): string | null {
  return value === null ? null : String(Math.round(value));
}
