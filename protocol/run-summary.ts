import { CONDITION_NAMES } from './condition-names.ts';
import type { RunSummary } from './history-api.ts';
import type { LegName } from './leg.ts';
import type { Condition, Run } from './run.ts';
import { asExpected } from './run-reading.ts';

/** What is known of a kept run beside its record. */
export type Keeping = Pick<RunSummary, 'pinned' | 'reference' | 'importedAt'>;

export const NOT_KEPT: Keeping = { pinned: false, reference: false, importedAt: null };

/** The run as one line of the history. */
export function summaryOf(run: Run, keeping: Keeping): RunSummary {
  const ended = run.phase === 'ended';
  return {
    id: run.id,
    startedAt: run.startedAt,
    utcOffsetMinutes: run.utcOffsetMinutes,
    localDay: run.localDay,
    profileId: run.profile.id,
    profileName: run.profile.name,
    capture: run.capture,
    origin: keeping.importedAt === null ? run.origin : 'imported',
    scenario: run.scenario,
    mask: run.number?.mask ?? null,
    conditions: valuesOf(run),
    expectation: run.expectation,
    expected: ended ? asExpected(run) : null,
    phase: run.phase,
    verdict: run.verdict,
    failure: run.failure?.code ?? null,
    leg: ended ? stoppedAt(run) : null,
    cause: run.cause?.code ?? null,
    hops: networkHops(run),
    durationMs: ended ? durationOf(run) : null,
    ...keeping,
  };
}

/** How many of the hops are the network's own. */
export function networkHops({ hops }: Pick<Run, 'hops'>): number {
  return hops.filter(({ madeBy }) => madeBy === 'network').length;
}

/**
 * What a person may look for, in small letters: names, conditions, codes, the operator's words, and once it has ended the
 * hosts of the chain. Without its ids, in whose digits any two letters are found.
 */
export function searchTextOf(run: Run): string {
  const { failure, cause, conditions } = run;
  const tags = conditions.tags ?? [];
  const named = CONDITION_NAMES.flatMap((name) => conditions[name] ?? []);
  return [
    run.profile.id,
    run.profile.name,
    run.origin,
    run.scenario,
    run.verdict,
    failure?.code,
    failure?.operatorError?.error,
    failure?.operatorError?.description,
    cause?.code,
    ...[...named, ...tags].map(({ value }: Condition) => value),
    // All at once: each change of the text costs a store more than the rest of a run.
    ...(run.phase === 'ended' ? new Set(run.hops.map(({ url }) => hostOf(url))) : []),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
}

/** A search taken apart: words that have to occur in `searchTextOf`, and ids that have to be the run's own or its correlation id. */
export function searchWords(text: string): { words: string[]; ids: string[] } {
  const all = text.replaceAll('\0', '').toLowerCase().split(/\s+/).filter(Boolean);
  const isId = (word: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(word);
  return { words: all.filter((word) => !isId(word)), ids: all.filter(isId) };
}

function valuesOf({ conditions }: Run): RunSummary['conditions'] {
  const values: RunSummary['conditions'] = {};
  for (const name of CONDITION_NAMES) {
    const condition = conditions[name];
    if (condition) values[name] = condition.value;
  }
  if (conditions.tags) values.tags = conditions.tags.map(({ value }) => value);
  return values;
}

/** The failure's leg; without a failure the first that neither passed nor was left out. */
function stoppedAt({ failure, verdict, legs }: Run): LegName | null {
  if (verdict === 'match' || verdict === 'no_match') return null;
  if (failure) return failure.leg;
  return legs.find(({ outcome }) => outcome !== 'passed')?.name ?? null;
}

function durationOf({ legs, chainEnd }: Run): number {
  const ends = legs.map(({ startedAtMs, durationMs }) => (startedAtMs ?? 0) + (durationMs ?? 0));
  return Math.max(chainEnd?.atMs ?? 0, ...ends);
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
