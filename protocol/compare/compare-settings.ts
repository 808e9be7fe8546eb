import { cleanStartKind } from '../clean-start-kind.ts';
import { CONDITION_NAMES } from '../condition-names.ts';
import type { Condition, Run } from '../run.ts';
import { compareHeaders } from './compare-hops.ts';
import { differing, type SettingDifference } from './comparison.ts';
import { familyOf, steady } from './volatile.ts';

/** Under what the two runs were made: most of what differs later follows from this. */
export function compareSettings(reference: Run, run: Run): SettingDifference[] {
  const families = [familiesOf(reference), familiesOf(run)] as const;
  return [
    ...CONDITION_NAMES.flatMap((name) =>
      compareConditions(name, reference.conditions[name], run.conditions[name]),
    ),
    ...differing('condition', tagsOf(reference), tagsOf(run), 'tag'),
    ...differing('capture', reference.capture, run.capture),
    ...differing('clean_start', cleanStartKind(reference.cleanStart), cleanStartKind(run.cleanStart)),
    ...differing('origin', reference.origin, run.origin),
    ...differing('profile', reference.profile.id, run.profile.id),
    ...differing('scenario', reference.scenario, run.scenario),
    ...differing('expectation', reference.expectation, run.expectation),
    ...(families.includes(null) ? [] : differing('address_family', ...families)),
    ...compareHeaders('request_header', firstHeaders(reference), firstHeaders(run)),
  ];
}

/** The same value said by a person and seen by us is a difference too, if a small one. */
function compareConditions(
  name: string,
  reference: Condition | undefined,
  run: Condition | undefined,
): SettingDifference[] {
  const value = differing('condition', reference?.value ?? null, run?.value ?? null, name);
  return value.length > 0 || !reference || !run
    ? value
    : differing('condition_basis', reference.basis, run.basis, name);
}

function tagsOf({ conditions }: Run): string | null {
  const tags = (conditions.tags ?? []).map(({ value }) => steady(value));
  return tags.length > 0 ? tags.toSorted().join(', ') : null;
}

/** Every family the chain went over, such as `v4` or `v4, v6`. */
export function familiesOf({ hops }: Run): string | null {
  const seen = new Set(hops.flatMap(({ ip }) => familyOf(ip) ?? []));
  return seen.size > 0 ? [...seen].toSorted().join(', ') : null;
}

/** Of the first request, which every chain has: the browser that made it, and its languages. */
function firstHeaders({ hops }: Run): Run['hops'][number]['requestHeaders'] {
  return hops.find(({ madeBy }) => madeBy === 'network')?.requestHeaders ?? [];
}
