import type { RunSummary } from '#protocol/history-api.ts';
import { TOLD, valueWords } from '../conditions/condition-words.ts';
import { sayCount, spellMs } from '../counts.ts';
import { causeWords, failureWords, say } from '../words.ts';

/** How a run is told in one line of the list. */
export interface RowWords {
  tone: 'good' | 'note' | 'bad' | 'warn' | 'live';
  icon: string;
  word: string;
  title: string;
}

const ENDS = {
  match: { tone: 'good', icon: '✓' },
  no_match: { tone: 'note', icon: '≠' },
  failed: { tone: 'bad', icon: '✕' },
  interrupted: { tone: 'warn', icon: '■' },
  cancelled: { tone: 'warn', icon: '■' },
  unknown: { tone: 'warn', icon: '?' },
} as const;

export function rowWords(run: RunSummary): RowWords {
  const { verdict } = run;
  if (verdict === null)
    return { tone: 'live', icon: '…', word: say('history.running'), title: run.profileName };
  return { ...ENDS[verdict], word: say(`verdict_word.${verdict}`), title: titleOf(run, verdict) };
}

/** The cause where there is one, else what was seen, else how it ended. */
function titleOf({ cause, failure }: RunSummary, verdict: NonNullable<RunSummary['verdict']>): string {
  if (verdict === 'match') return say('history.confirmed');
  if (verdict === 'no_match')
    return say(cause === 'hash_form_differs' ? 'history.other_form' : 'history.other_number');
  if (verdict !== 'failed') return say(`verdict.${verdict}`);
  if (cause && cause !== 'not_diagnosed') return causeWords(cause).title;
  return failure ? failureWords(failure) : say('verdict.failed');
}

/** What the second line says of a run that did not go all the way. */
export function stoppedAt({ leg, verdict }: RunSummary): string | null {
  return leg && verdict !== 'match' ? say('history.stopped_at', [say(`leg.${leg}`)]) : null;
}

export function extentOf({ hops, durationMs }: RunSummary): string[] {
  return [sayCount('history.hops', hops), ...(durationMs === null ? [] : [spellMs(durationMs)])];
}

/** Under which circumstances; what is the usual case is not said of every run. */
export function circumstancesOf({ conditions }: RunSummary): string[] {
  const usual = (name: string, value: string) =>
    value === 'no' ||
    (name === 'sharing' && value === 'direct') ||
    (name === 'bearer' && value === 'unknown');
  return TOLD.flatMap((name) => {
    const value = conditions[name];
    return value && !usual(name, value) ? [valueWords(name, value)] : [];
  }).concat(conditions.tags ?? []);
}
