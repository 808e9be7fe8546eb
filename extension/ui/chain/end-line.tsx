import type { ChainEnd } from '#protocol/hop.ts';
import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';
import { spellMs } from '../counts.ts';
import { MaskedText } from '../detail/masked-text.tsx';
import { urlParts } from '../detail/url-parts.ts';
import { countChecks } from '../verdict/check-count.ts';
import { checkCounts } from '../verdict/check-summary.ts';
import { say } from '../words.ts';
import { HostName } from './host-name.tsx';

/** Where the chain ended. The callback is shown and never asked: that is the promise people want to see kept. */
export function EndLine({ end, run }: { end: ChainEnd; run: Run }) {
  const checks = legOf(run, 'authorize').checks;
  const { host, parameters } = urlParts(end.url ?? '');
  return (
    <>
      <span class="n" />
      <span class={`status ${end.kind === 'callback' ? 'ok' : 'err'}`}>{mark(end, run)}</span>
      {host && named(end) ? <HostName host={host} /> : <b>{words(end)}</b>}
      <span class="ms" />
      <span class="about">
        {end.kind === 'callback' ? (
          <>
            <em>{say('role.callback')}</em> ·{' '}
            {say(run.capture === 'handoff' ? 'row.phone_came_back' : 'row.never_contacted')}
            {parameters.filter(telling).map(({ name, value }) => (
              <span key={name} class="path">
                {' '}
                <MaskedText text={`${name}=${value}`} />
              </span>
            ))}
          </>
        ) : (
          named(end) && say('row.refused_what')
        )}
        {checks.length > 0 ? <span class="counts">{checkCounts(countChecks(checks), checks)}</span> : null}
      </span>
    </>
  );
}

function named(end: ChainEnd): boolean {
  return end.kind === 'callback' || end.kind === 'refused';
}

function mark(end: ChainEnd, { capture }: Run): string {
  if (end.kind === 'callback') return capture === 'handoff' ? '✓' : say('row.stop');
  return end.kind === 'cancelled' || end.kind === 'interrupted' ? '■' : '✕';
}

function words({ kind, atMs, by }: ChainEnd): string {
  if (by === 'tab_closed') return say('row.tab_closed_end', [spellMs(atMs)]);
  if (kind === 'cancelled') return say('row.cancelled_end', [spellMs(atMs)]);
  if (kind === 'interrupted') return say('row.interrupted_end', [spellMs(atMs)]);
  if (kind === 'page') return say('row.page_end');
  return kind === 'refused' ? say('row.refused') : say('row.error_end');
}

/** On the line itself there is room for what decides; the rest is one click away. */
function telling({ name }: { name: string }): boolean {
  return name === 'code' || name === 'state' || name === 'error';
}
