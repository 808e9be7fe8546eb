/** Which runs a filter or a search has to find. */
import type { Cause, CauseCode } from '#protocol/diagnosis/cause.ts';
import { failureOf } from '#protocol/failure.ts';
import type { RunFilter } from '#protocol/history-api.ts';
import type { Conditions, Run } from '#protocol/run.ts';

import { hopOf, profileAt } from '../../support/fixtures.ts';

const profile = profileAt('https://api.example');

export const FILTERED: [filter: RunFilter, fits: Partial<Run>][] = [
  [{ verdict: 'no_match' }, { verdict: 'no_match' }],
  [{ leg: 'token' }, { verdict: 'failed', failure: failureOf('token.reset') }],
  [{ leg: 'authorize' }, { verdict: 'interrupted' }],
  [{ failure: 'token.dns' }, { verdict: 'failed', failure: failureOf('token.dns') }],
  [{ cause: 'captive_portal' }, { verdict: 'failed', cause: causeOf('captive_portal') }],
  [{ profile: 'other' }, { profile: { ...profile, id: 'other' } }],
  [{ origin: 'imported' }, { origin: 'imported' }],
  [
    { expected: 'as_expected', verdict: 'no_match' },
    { verdict: 'no_match', expectation: 'no_match' },
  ],
  [{ expected: 'not_as_expected' }, { expectation: 'must_fail' }],
  [{ expected: 'inconclusive' }, { verdict: 'unknown' }],
  [{ operator: 'EE' }, stated({ operator: 'EE' })],
  [{ bearer: '4g' }, stated({ bearer: '4g' })],
  [{ sharing: 'tethered' }, stated({ sharing: 'tethered' })],
  [{ roaming: 'yes' }, stated({ roaming: 'yes' })],
  [{ vpn: 'yes' }, stated({ vpn: 'yes' })],
  [{ device: 'Pixel 9' }, stated({ device: 'Pixel 9' })],
  [{ browser: 'Firefox' }, stated({ browser: 'Firefox' })],
  [{ place: 'Athens' }, stated({ place: 'Athens' })],
  [{ campaign: 'spring' }, stated({ campaign: 'spring' })],
  [{ place: 'Athens', bearer: '4g' }, stated({ place: 'Athens', bearer: '4g' })],
  [{ place: '∅', operator: 'EE' }, stated({ operator: 'EE' })],
  [{ fromDay: '2026-11-30' }, { localDay: '2026-11-30' }],
  [{ toDay: '2026-11-01' }, { localDay: '2026-11-01' }],
];

export const WORDS: [text: string, conditions: Partial<Run>][] = [
  ['athens', stated({ place: 'ATHENS airport' })],
  ['thens port', stated({ place: 'Athens', device: 'portable' })],
  ['μέτρο', stated({ place: 'ΜΈΤΡΟ Σύνταγμα' })],
  ['a1', stated({ operator: 'A1' })],
  ['100%', stated({ campaign: '100% signal' })],
  ['x_y', stated({ campaign: 'x_y' })],
  ['\\', stated({ campaign: 'back\\slash' })],
  ['"or" \'', stated({ campaign: 'this "or" that isn\'t' })],
  ['run.test', { hops: [hopOf({ url: 'https://gw.run.test:8443/x' })] }],
  ['html_page', { verdict: 'failed', failure: failureOf('authorize.html_page') }],
  [
    'not enabled',
    {
      verdict: 'failed',
      failure: failureOf('token.operator_error', {
        operatorError: { error: 'x', description: 'Not Enabled' },
      }),
    },
  ],
  ['gate', { conditions: { tags: [{ value: 'Gate 7', basis: 'stated', at: 1 }] } }],
];

export function stated(values: Partial<Record<Exclude<keyof Conditions, 'tags'>, string>>): {
  conditions: Conditions;
} {
  const conditions = Object.entries(values).map(([name, value]) => [name, { value, basis: 'stated', at: 1 }]);
  return { conditions: Object.fromEntries(conditions) };
}

export function causeOf(code: CauseCode): Cause {
  return {
    code,
    owner: 'network',
    mechanism: null,
    seen: 'certain',
    confidence: 'likely',
    evidence: [],
    cure: 'run_again',
  };
}
