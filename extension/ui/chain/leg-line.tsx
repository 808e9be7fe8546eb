import type { Leg } from '#protocol/leg.ts';
import { spellCount, spellMs } from '../counts.ts';
import { triesOf } from '../detail/exchange-titles.ts';
import { urlParts } from '../detail/url-parts.ts';
import { countChecks } from '../verdict/check-count.ts';
import { checkCounts } from '../verdict/check-summary.ts';
import { say } from '../words.ts';
import { barOf } from './time-axis.ts';
import { TimeBar } from './time-bar.tsx';

/** A leg of the backend, on the same axis as the hops. */
export function LegLine({ leg, axisMs }: { leg: Leg; axisMs: number }) {
  const last = triesOf(leg).at(-1);
  const host = last ? urlParts(last.request.url).host : null;
  return (
    <>
      <span class="n">{leg.name.charAt(0).toUpperCase()}</span>
      <span class={`status ${toneOf(leg)}`}>{last?.response?.status ?? mark(leg)}</span>
      <b class="host">{say(`leg.${leg.name as 'token' | 'premiuminfo'}`)}</b>
      <span class="ms">{leg.durationMs === null ? '' : spellMs(leg.durationMs)}</span>
      <span class="about">{[...remarksOf(leg), host].filter(Boolean).join(' · ')}</span>
      {leg.startedAtMs === null ? null : (
        <TimeBar bar={barOf(leg.startedAtMs, leg.durationMs ?? axisMs - leg.startedAtMs, axisMs)} />
      )}
    </>
  );
}

function remarksOf(leg: Leg): string[] {
  const told = leg.checks.some((check) => check.result === 'failed') || leg.outcome === 'passed';
  const tries = triesOf(leg).length;
  return [
    ...(told && leg.checks.length > 0 ? [] : [say(`leg_outcome.${leg.outcome}`)]),
    ...(tries > 1 ? [say('row.tries', [spellCount(tries)])] : []),
    ...(tries < leg.exchanges.length ? [say('row.asked_again')] : []),
    ...(leg.checks.length > 0 ? [checkCounts(countChecks(leg.checks), leg.checks)] : []),
  ];
}

function toneOf({ outcome }: Leg): string {
  if (outcome === 'passed') return 'ok';
  if (outcome === 'failed') return 'err';
  return outcome === 'unknown' ? 'warn' : '';
}

function mark({ outcome }: Leg): string {
  if (outcome === 'failed') return '✕';
  if (outcome === 'unknown') return '?';
  return outcome === 'running' ? '…' : '–';
}
