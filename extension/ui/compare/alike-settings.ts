import { cleanStartKind } from '#protocol/clean-start-kind.ts';
import { familiesOf } from '#protocol/compare/compare-settings.ts';
import { CONDITION_NAMES, type ConditionName } from '#protocol/condition-names.ts';
import type { Run } from '#protocol/run.ts';

/** What both runs were made under, in the names of a `SettingDifference`. */
export interface AlikeSetting {
  what:
    | 'condition'
    | 'capture'
    | 'clean_start'
    | 'origin'
    | 'profile'
    | 'scenario'
    | 'expectation'
    | 'address_family';
  name: ConditionName | null;
  value: string;
}

/** The settings that are the same in both: without them "alike" could as well be "not known". */
export function alikeSettings(reference: Run, run: Run): AlikeSetting[] {
  const conditions = CONDITION_NAMES.flatMap((name): AlikeSetting[] => {
    const value = run.conditions[name]?.value;
    return value !== undefined && value === reference.conditions[name]?.value
      ? [{ what: 'condition', name, value }]
      : [];
  });
  return [
    ...conditions,
    ...same('capture', reference.capture, run.capture),
    ...same('clean_start', cleanStartKind(reference.cleanStart), cleanStartKind(run.cleanStart)),
    ...same('origin', reference.origin, run.origin),
    ...same('profile', reference.profile.id, run.profile.id),
    ...same('scenario', reference.scenario, run.scenario),
    ...same('expectation', reference.expectation, run.expectation),
    ...same('address_family', familiesOf(reference), familiesOf(run)),
  ];
}

function same(what: AlikeSetting['what'], reference: string | null, run: string | null): AlikeSetting[] {
  return reference !== null && reference === run ? [{ what, name: null, value: run }] : [];
}
